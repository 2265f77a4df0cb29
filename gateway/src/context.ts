import type { QueryPlan } from '@apollo/query-planner'
import type { ViewerClaims } from '@cartograph/viewer'
import type { RequestScope } from './subgraphs/subgraph-client.ts'

/** What one request to the gateway carries from its headers to every subgraph. */
export interface GatewayContext extends RequestScope {
  readonly claims: ViewerClaims
  /** Whether the client asked to see the query plan, and may. */
  readonly wantsQueryPlan: boolean
  /** Whether the load is such that it was taken only because it may complete a checkout. */
  readonly onlyForCheckout?: boolean
  queryPlan?: QueryPlan
}
