import type { SubgraphRequest } from '@cartograph/plan-executor'

/** One request to one subgraph, as a developer sees it. */
export interface FetchTrace {
  readonly service: string
  /** The places of the answer that it was for. */
  readonly paths: readonly string[]
  /** How many entities it asked for; 0 for root fields. */
  readonly entities: number
  /** Milliseconds since the request began. */
  readonly startMs: number
  readonly durationMs: number
  readonly sentBytes: number
  readonly receivedBytes: number
  /** Beyond the first. */
  readonly retries: number
  /** The code of the error that it ended with. */
  readonly failure?: string
}

/** How a place is written: `products.nodes.@`, where '@' is each element of a list. */
export function placesOfRequest({ paths }: SubgraphRequest): string[] {
  return paths.map((path) => path.join('.'))
}
