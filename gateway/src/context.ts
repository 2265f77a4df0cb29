import type { QueryPlan } from '@apollo/query-planner'
import type { ViewerClaims } from '@cartograph/viewer'
import type { PartnerRequest } from './partners/partner-request.ts'
import type { RequestScope } from './subgraphs/subgraph-client.ts'

/** What one request to the gateway carries from its headers to every subgraph. */
export interface GatewayContext extends RequestScope {
  readonly claims: ViewerClaims
  /** Of a request that shows a partner's key. */
  readonly partner?: PartnerRequest
  /** Whether the client asked to be told how its operation is run, and may know; `trace` is there then. */
  readonly wantsInsight: boolean
  /** Whether the load is such that it was taken only because it may complete a checkout. */
  readonly onlyForCheckout?: boolean
  /** What the operation costs by demand control, once that is known. */
  cost?: number
  queryPlan?: QueryPlan
  /** When the plan was ready, in milliseconds since the request began. */
  plannedMs?: number
}
