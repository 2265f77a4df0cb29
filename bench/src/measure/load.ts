import { Pool } from 'undici'

export interface GraphQLRequest {
  readonly query?: string
  /** In the place of `query`: the id of a persisted operation. */
  readonly documentId?: string
  readonly variables: Record<string, unknown>
  readonly headers?: Record<string, string>
  /** Sent as GET instead of POST. */
  readonly isGet?: boolean
}

export interface LoadResult {
  readonly requests: number
  readonly seconds: number
  /** Milliseconds, sorted. */
  readonly latencies: Float64Array
}

/**
 * Sends requests to `url` for `seconds`, `concurrency` at a time, each worker its next as soon as it has an answer.
 * `requestOf` makes the nth request of a worker. Throws on the first answer that is not a success, with its text.
 */
export async function applyLoad(options: {
  url: string
  concurrency: number
  seconds: number
  requestOf: (worker: number, n: number) => GraphQLRequest
}): Promise<LoadResult> {
  const { origin, pathname } = new URL(options.url)
  const pool = new Pool(origin, { connections: options.concurrency })
  const latencies: number[] = []
  const startedAt = performance.now()
  const endsAt = startedAt + options.seconds * 1000
  const work = async (worker: number) => {
    for (let n = 0; performance.now() < endsAt; n += 1) {
      const { headers, isGet = false, ...members } = options.requestOf(worker, n)
      const sentAt = performance.now()
      const response = await pool.request(
        isGet
          ? {
              method: 'GET',
              path: `${pathname}?${searchOf(members)}`,
              headers: { 'apollo-require-preflight': 'true', ...headers },
            }
          : {
              method: 'POST',
              path: pathname,
              headers: { 'content-type': 'application/json', ...headers },
              body: JSON.stringify(members),
            },
      )
      const text = await response.body.text()
      latencies.push(performance.now() - sentAt)
      const isAnswered = response.statusCode === 200 || response.statusCode === 304
      if (!isAnswered || text.includes('"errors"') || /"userErrors":\[\{/.test(text)) {
        throw new Error(`a request failed: ${response.statusCode} ${text.slice(0, 500)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, (_, worker) => work(worker)))
  const seconds = (performance.now() - startedAt) / 1000
  await pool.close()
  return { requests: latencies.length, seconds, latencies: Float64Array.from(latencies).sort() }
}

function searchOf({ query, documentId }: Pick<GraphQLRequest, 'query' | 'documentId'>): string {
  return query === undefined ? `documentId=${documentId}` : `query=${encodeURIComponent(query)}`
}

/** The value that `share` of the sorted `values` do not exceed. */
export function percentile(values: Float64Array, share: number): number {
  return values[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? 0
}
