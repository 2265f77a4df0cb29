import { cpuOf } from '../measure/cpu.ts'
import { percentile } from '../measure/load.ts'
import { applyOpenLoad } from '../measure/open-load.ts'
import type { StatementCounter } from '../measure/statements.ts'
import type { RequestKind } from './request-kinds.ts'
import type { SignedClient } from './signed-client.ts'

export interface RequestsMeasurement {
  readonly requests: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Milliseconds that 95 of 100 requests were not sent later by than they were to arrive. */
  readonly sentLate: number
  /** Milliseconds of the service's process, of each request. */
  readonly cpu: number
  /** SQL statements of each request. */
  readonly sql: number
  /** Products recommended in each answer. */
  readonly products: number
}

/** The service's process, who asks it, and who counts what it asks its database. */
export interface BenchedService {
  readonly pid: number
  readonly client: SignedClient
  readonly statements: StatementCounter
}

/** Plans made, code compiled, statements prepared, the model in memory. */
const warmUpSeconds = 3

/** Sends requests of one kind by the clock, after a warm-up. Throws at the first that fails, or when none is recommended anything. */
export async function measureRequests(
  { name, perSecond, next }: RequestKind,
  seconds: number,
  service: BenchedService,
): Promise<RequestsMeasurement> {
  let recommended = 0
  const send = async () => {
    const answer = await service.client.send(next())
    recommended += answer.split('"node":').length - 1
  }
  await applyOpenLoad({ perSecond, seconds: warmUpSeconds, send })
  recommended = 0
  const before = { cpu: cpuOf(service.pid), statements: await service.statements.count() }
  const { requests, latencies, delays } = await applyOpenLoad({ perSecond, seconds, send })
  const after = { cpu: cpuOf(service.pid), statements: await service.statements.count() }
  if (recommended === 0) throw new Error(`${name} recommends nothing to anybody`)
  return {
    requests,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    sentLate: percentile(delays, 0.95),
    cpu: (after.cpu - before.cpu) / requests,
    sql: (after.statements - before.statements) / requests,
    products: recommended / requests,
  }
}
