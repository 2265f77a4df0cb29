import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner'
import type { PlacePath } from './places.ts'

/** A fetch of a plan, and the path of the objects that it completes. */
export interface PlacedFetch {
  readonly node: FetchNode
  readonly path: PlacePath
}

/** All fetches of a plan, in its order. */
export function fetchesOf(part: PlanNode | SubscriptionNode | undefined, path: PlacePath = []): PlacedFetch[] {
  switch (part?.kind) {
    case 'Fetch':
      return [{ node: part, path }]
    case 'Flatten':
      return fetchesOf(part.node, [...path, ...part.path.map(String)])
    case 'Sequence':
    case 'Parallel':
      return part.nodes.flatMap((child) => fetchesOf(child, path))
    case 'Condition':
      return [part.ifClause, part.elseClause].flatMap((branch) => fetchesOf(branch, path))
    case 'Defer':
    case 'Subscription':
    case undefined:
      return []
  }
}
