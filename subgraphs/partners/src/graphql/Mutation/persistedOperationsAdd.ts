import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { addOperations } from '../../manifest/add-operations.ts'

export const persistedOperationsAdd: MutationResolvers['persistedOperationsAdd'] = (
  _,
  { partnerId, operations },
  context,
) => payload('added', () => addOperations(context, context.viewer, fromGlobalId('Partner', partnerId), operations))
