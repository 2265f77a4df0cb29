import type { SubgraphRequest } from '@cartograph/plan-executor'
import type { RequestLifetime } from './request-lifetime.ts'

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

export interface EndedFetch {
  /** Milliseconds of `performance.now()`. */
  readonly startedAt: number
  readonly receivedBytes: number
  readonly retries: number
  readonly failure?: string | undefined
}

/** The trace of a request to a subgraph that ends now. */
export function traceOfFetch(
  request: SubgraphRequest,
  lifetime: RequestLifetime,
  { startedAt, receivedBytes, retries, failure }: EndedFetch,
): FetchTrace {
  return {
    service: request.service,
    paths: placesOfRequest(request),
    entities: request.entities,
    startMs: startedAt - lifetime.startedAt,
    durationMs: performance.now() - startedAt,
    sentBytes: Buffer.byteLength(request.body),
    receivedBytes,
    retries,
    ...(failure !== undefined && { failure }),
  }
}

/** How a place is written: `products.nodes.@`, where '@' is each element of a list. */
function placesOfRequest({ paths }: SubgraphRequest): string[] {
  return paths.map((path) => path.join('.'))
}
