import type { Tale } from '../buyers/tale.ts'
import type { Strike } from '../faults/strike.ts'
import type { Rows } from '../invariants/rows.ts'
import { describeFault } from '../schedule/fault.ts'
import { percentile } from './percentile.ts'
import type { Recovery, RecoveryKind } from './recoveries.ts'

export interface Outcome {
  readonly seed: number
  readonly seconds: number
  readonly strikes: readonly Strike[]
  readonly recoveries: readonly Recovery[]
  readonly rows: Rows
  readonly tale: Tale
  readonly failedStarts: number
  readonly startsMs: readonly number[]
  readonly outagesMs: readonly number[]
  readonly replays: number
  readonly settledMs: number
}

const seconds = (ms: number | null) => (ms === null ? '-' : `${(ms / 1_000).toFixed(2)} s`)

/** The middle one and the longest. */
const spread = (values: readonly number[]) =>
  `p50 ${seconds(percentile(values, 0.5))}, longest ${seconds(percentile(values, 1))}`

/** The figures of a run, aligned, a line each. */
export function figureLines(outcome: Outcome): string[] {
  const { strikes, rows, tale } = outcome
  const count = (kind: string) => strikes.filter(({ fault }) => fault.kind === kind).length
  const completed = rows.checkouts.filter(({ orderId }) => orderId !== null).length
  const latencies = tale.purchases.flatMap(({ latencyMs }) => latencyMs ?? [])
  const quantiles = (values: readonly number[]) =>
    [0.5, 0.95, 0.99, 1].map((share) => seconds(percentile(values, share)))
  const [p50, p95, p99, max] = quantiles(latencies)
  const made = (kind: string) => tale.changes.filter((change) => change.kind === kind && change.wasMade).length
  const figures: readonly (readonly [string, string])[] = [
    ['kill -9', `${count('kill')} of processes, ${count('database')} of PostgreSQL`],
    ['other faults', `${count('freeze')} frozen processes, ${count('link')} broken links`],
    ['starts', `${outcome.startsMs.length}, ${spread(outcome.startsMs)}; ${outcome.failedStarts} failed`],
    ['databases away', spread(outcome.outagesMs)],
    ['requests of buyers', String(tale.requests)],
    ['checkouts', `${rows.checkouts.length}: ${completed} orders, ${rows.checkouts.length - completed} refused`],
    ['for the hot variant', `${tale.hotCustomers} customers`],
    ['orders changed', `${made('cancel')} cancelled, ${made('refund')} refunds, ${made('fulfill')} sent`],
    ['refusals', [...tale.refusals].map(([code, times]) => `${code} ${times}`).join(', ')],
    ['events', `${rows.deliveries.length} deliveries, ${rows.mails.length} mails`],
    ['replays', String(outcome.replays)],
    ['checkout latency', `p50 ${p50}, p95 ${p95}, p99 ${p99}, max ${max}`],
    ...(['process kill', 'database crash'] as const).map((kind) => recoveryLine(kind, outcome.recoveries)),
    ['settled after', seconds(outcome.settledMs)],
  ]
  const width = Math.max(...figures.map(([name]) => name.length))
  return figures.map(([name, figure]) => `  ${name.padEnd(width)}  ${figure}`)
}

function recoveryLine(kind: RecoveryKind, all: readonly Recovery[]): readonly [string, string] {
  const of = all.filter((recovery) => recovery.kind === kind)
  const times = of.map(({ ms }) => ms)
  const longest = of.toSorted((a, b) => b.ms - a.ms)[0]
  const at = longest ? ` (${describeFault(longest.strike.fault)}; checkout ${longest.heldUpBy ?? 'none'})` : ''
  const [p50, p99, max] = [0.5, 0.99, 1].map((share) => seconds(percentile(times, share)))
  return [`after a ${kind}`, `recovery p50 ${p50}, p99 ${p99}, longest ${max}${at}`]
}
