import { isDeepStrictEqual } from 'node:util'
import { cpuOf, residentMiB } from '../measure/cpu.ts'
import { applyLoad, percentile } from '../measure/load.ts'
import { ask } from '../shop/shop-client.ts'
import type { RunningContender } from './contenders/start-contender.ts'
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

/** Throws unless the contender answers as the stock gateway does; the order of keys is its own affair. */
export async function assertSameAnswer(
  { name, url }: RunningContender,
  operation: BenchedOperation,
  { exchanges }: PreparedGround,
): Promise<void> {
  const data = await ask<unknown>(url, operation.query, operation.variables)
  const stock = exchanges.get(operation.query)?.answer as { data: unknown }
  // From JSON, as the other is: the stock gateway's objects have no prototype.
  if (isDeepStrictEqual(data, JSON.parse(JSON.stringify(stock.data)))) return
  throw new Error(`${name} answers ${operation.query}\nwith ${JSON.stringify(data)}\nnot ${JSON.stringify(stock.data)}`)
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
