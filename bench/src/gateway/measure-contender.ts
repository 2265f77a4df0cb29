import { cpuOf, residentMiB } from '../measure/cpu.ts'
import { applyLoad, percentile } from '../measure/load.ts'
import { ask } from '../shop/shop-client.ts'
import type { RunningContender } from './contenders/start-contender.ts'
import { firstDifference } from './first-difference.ts'
import type { PreparedGround } from './ground.ts'
import type { BenchedOperation } from './operations.ts'

/** What one contender took in one round. */
export interface Figures {
  /** Milliseconds of CPU of its process, for each request. */
  readonly cpuMs: number
  readonly requestsPerSecond: number
  readonly p50: number
  readonly p99: number
  /** Requests to subgraphs, for each request. */
  readonly calls: number
  readonly residentMiB: number
  readonly requests: number
}

/** Where the contender answers otherwise than the stock gateway, or null. Throws when it answers with errors. */
export async function differenceFromStock(
  { url }: RunningContender,
  { query, variables }: BenchedOperation,
  { exchanges }: PreparedGround,
): Promise<string | null> {
  const stock = exchanges.get(query)?.answer as { data: unknown }
  return firstDifference(await ask<unknown>(url, query, variables), stock.data)
}

/** Loads one contender with one operation, `concurrency` at a time. */
export async function measureContender(
  { url, pid }: RunningContender,
  { query, variables }: BenchedOperation,
  { concurrency, seconds, ground }: { concurrency: number; seconds: number; ground: PreparedGround },
): Promise<Figures> {
  const callsBefore = await ground.countCalls()
  const cpuBefore = cpuOf(pid)
  const request = { query, variables }
  const load = await applyLoad({ url, concurrency, seconds, requestOf: () => request })
  const cpuMs = cpuOf(pid) - cpuBefore
  const calls = (await ground.countCalls()) - callsBefore
  return {
    cpuMs: cpuMs / load.requests,
    requestsPerSecond: load.requests / load.seconds,
    p50: percentile(load.latencies, 0.5),
    p99: percentile(load.latencies, 0.99),
    calls: calls / load.requests,
    residentMiB: residentMiB(pid),
    requests: load.requests,
  }
}
