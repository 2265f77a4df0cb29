import { payload } from '@cartograph/error-catalogue'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { createPartner } from '../../partner/create-partner.ts'

export const partnerCreate: MutationResolvers['partnerCreate'] = (_, { input }, context) =>
  payload('partner', () => createPartner(context, context.viewer, input))
