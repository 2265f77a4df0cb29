import type { ApolloServerPlugin } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import type { GatewayContext } from '../context.ts'
import { OperationCosts } from '@cartograph/operation-limits'

/**
 * Refuses, before it is planned, an operation that costs more than `most`, and says what it costs; developers are told with
 * every answer, as `extensions.cost`.
 */
export function demandControl(most: number): ApolloServerPlugin<GatewayContext> {
  let costs: OperationCosts
  return {
    async serverWillStart() {
      return {
        schemaDidLoadOrUpdate({ apiSchema, coreSupergraphSdl }) {
          if (coreSupergraphSdl === undefined) throw new Error('Costs are read from a supergraph, and there is none.')
          costs = new OperationCosts(coreSupergraphSdl, apiSchema)
        },
      }
    },
    async requestDidStart({ contextValue }) {
      let cost: { readonly estimated: number; readonly most: number } | undefined
      return {
        async didResolveOperation({ document, operation, request }) {
          if (!operation) return
          contextValue.cost = costs.costOf(document, operation, request.variables)
          cost = { estimated: contextValue.cost, most }
          if (cost.estimated <= most) return
          throw requestError(
            'COST_ESTIMATED_TOO_EXPENSIVE',
            `The operation would cost ${cost.estimated}; at most ${most} is allowed.`,
            { cost, http: { status: 400 } },
          )
        },
        async willSendResponse({ response: { body } }) {
          if (cost && contextValue.wantsInsight && body.kind === 'single')
            body.singleResult.extensions = { ...body.singleResult.extensions, cost }
        },
      }
    },
  }
}
