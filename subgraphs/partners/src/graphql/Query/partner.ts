import { fromGlobalId } from '@cartograph/global-ids'
import type { QueryResolvers } from '../../generated/resolvers.ts'

export const partner: QueryResolvers['partner'] = (_, { id }, { loaders }) =>
  loaders.partner.load(fromGlobalId('Partner', id))
