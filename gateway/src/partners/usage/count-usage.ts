import type { ApolloServerPlugin } from '@apollo/server'
import type { GatewayContext } from '../../context.ts'
import type { PartnerUsage } from './partner-usage.ts'

/** Counts each operation of a partner that was let in, when its answer is known; refusals after that are calls with errors. */
export function countUsage(usage: PartnerUsage): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart({ contextValue: { partner: asking } }) {
      if (!asking) return
      return {
        async willSendResponse({ response: { body } }) {
          if (!asking.admitted) return
          usage.add({
            partnerId: asking.key.partner.id,
            operationId: asking.admitted.id,
            hasErrors: body.kind === 'single' && (body.singleResult.errors?.length ?? 0) > 0,
            points: asking.points ?? 0,
          })
        },
      }
    },
  }
}
