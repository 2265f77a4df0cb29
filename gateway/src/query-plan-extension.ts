import type { ApolloServerPlugin } from '@apollo/server'
import { toHiveQueryPlan } from '@cartograph/playground'
import type { GatewayContext } from './context.ts'

/** The header with which the playground asks for the plan of each operation that it sends. */
export const queryPlanHeader = 'cartograph-query-plan'

/** Adds the plan of the operation as `extensions.queryPlan`, for a client that asked and may see it. */
export const queryPlanExtension: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart({ contextValue }) {
    if (!contextValue.wantsQueryPlan) return
    return {
      async willSendResponse({ response }) {
        if (contextValue.queryPlan && response.body.kind === 'single') {
          const { singleResult } = response.body
          singleResult.extensions = { ...singleResult.extensions, queryPlan: toHiveQueryPlan(contextValue.queryPlan) }
        }
      },
    }
  },
}
