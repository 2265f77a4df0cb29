import type { Trace } from '@cartograph/playground'
import type { FetchTrace } from '../subgraphs/fetch-trace.ts'

/** When an operation was planned and answered, in milliseconds since its request began. */
export interface TracedTimes {
  readonly plannedMs: number | undefined
  readonly durationMs: number
}

/** The trace of an answer for which `fetches` were noted, each when it had ended. */
export function traceOfFetches(fetches: readonly FetchTrace[], { plannedMs, durationMs }: TracedTimes): Trace {
  const total = (what: (fetch: FetchTrace) => number) => fetches.reduce((sum, fetch) => sum + what(fetch), 0)
  return {
    plannedMs: plannedMs === undefined ? null : rounded(plannedMs),
    durationMs: rounded(durationMs),
    totals: {
      fetches: fetches.length,
      entities: total(({ entities }) => entities),
      sentBytes: total(({ sentBytes }) => sentBytes),
      receivedBytes: total(({ receivedBytes }) => receivedBytes),
      retries: total(({ retries }) => retries),
      failures: total(({ failure }) => (failure === undefined ? 0 : 1)),
    },
    fetches: fetches
      .toSorted((one, other) => one.startMs - other.startMs)
      .map((fetch) => ({ ...fetch, startMs: rounded(fetch.startMs), durationMs: rounded(fetch.durationMs) })),
  }
}

/** To a hundredth of a millisecond; more is noise. */
function rounded(ms: number): number {
  return Math.round(ms * 100) / 100
}
