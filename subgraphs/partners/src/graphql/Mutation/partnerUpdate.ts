import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { updatePartner } from '../../partner/update-partner.ts'

export const partnerUpdate: MutationResolvers['partnerUpdate'] = (_, { partnerId, input }, context) =>
  payload('partner', () =>
    updatePartner(context, context.viewer, fromGlobalId('Partner', partnerId), {
      name: input.name ?? undefined,
      scopes: input.scopes ?? undefined,
      pointsPerMinute: input.pointsPerMinute ?? undefined,
    }),
  )
