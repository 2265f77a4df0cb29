import { setImmediate, setTimeout } from 'node:timers/promises'

/** Each request has its latency and its delay, but the nth of one is not the nth of the other: both are sorted. */
export interface OpenLoadResult {
  readonly requests: number
  /** Milliseconds from when each request was to arrive until it was answered, sorted. */
  readonly latencies: Float64Array
  /** Milliseconds that each request was sent after it was to arrive, sorted: that much of its latency is the sender's. */
  readonly delays: Float64Array
}

/**
 * Sends requests by a clock, `perSecond` of them for `seconds`, at equal distances, whether those before are answered or
 * not: a slow answer delays no other, and who had to wait is not left out of the figures (an open system: Schroeder,
 * Wierman, Harchol-Balter, NSDI 2006). `send` makes the nth request and resolves with its answer. Resolves when all are
 * answered. Throws what the first request failed with, and sends no more from then on.
 */
export async function applyOpenLoad(options: {
  perSecond: number
  seconds: number
  send: (n: number) => Promise<unknown>
}): Promise<OpenLoadResult> {
  const { perSecond, seconds, send } = options
  const requests = Math.round(perSecond * seconds)
  const latencies = new Float64Array(requests)
  const delays = new Float64Array(requests)
  const failures: unknown[] = []
  const answers: Promise<void>[] = []
  const startedAt = performance.now()
  for (let n = 0; n < requests; n += 1) {
    const arrivesAt = startedAt + (n * 1000) / perSecond
    // Who is late reads answers too, between one request and the next.
    if (performance.now() >= arrivesAt) await setImmediate()
    // Again where it was early: timers count whole milliseconds, by a clock that was read before.
    for (let wait; (wait = arrivesAt - performance.now()) > 0;) await setTimeout(wait)
    if (failures.length > 0) break
    delays[n] = performance.now() - arrivesAt
    answers.push(
      send(n).then(
        () => void (latencies[n] = performance.now() - arrivesAt),
        (error: unknown) => void failures.push(error),
      ),
    )
  }
  await Promise.all(answers)
  if (failures.length > 0) throw failures[0]
  return { requests, latencies: latencies.sort(), delays: delays.sort() }
}
