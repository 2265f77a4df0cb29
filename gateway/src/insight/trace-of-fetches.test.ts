import { expect, test } from 'vitest'
import { traceOfFetches } from './trace-of-fetches.ts'

const fetch = { paths: ['a'], entities: 0, sentBytes: 10, receivedBytes: 100, retries: 0 }
const slow = { ...fetch, service: 'slow', startMs: 1.23456, durationMs: 20.999 }
const late = {
  ...fetch,
  service: 'late',
  startMs: 4,
  durationMs: 2,
  entities: 3,
  retries: 1,
  failure: 'SUBGRAPH_TIMEOUT',
}

test('fetches are in the order in which they were sent, and added up', () => {
  expect(traceOfFetches([late, slow], { plannedMs: 1.001, durationMs: 23.456 })).toEqual({
    plannedMs: 1,
    durationMs: 23.46,
    totals: { fetches: 2, entities: 3, sentBytes: 20, receivedBytes: 200, retries: 1, failures: 1 },
    fetches: [{ ...slow, startMs: 1.23, durationMs: 21 }, late],
  })
})

test('what was not planned has no fetches', () => {
  expect(traceOfFetches([], { plannedMs: undefined, durationMs: 2 })).toEqual({
    plannedMs: null,
    durationMs: 2,
    totals: { fetches: 0, entities: 0, sentBytes: 0, receivedBytes: 0, retries: 0, failures: 0 },
    fetches: [],
  })
})
