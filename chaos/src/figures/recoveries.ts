import { waitsForBuyer } from '../buyers/cards.ts'
import type { Strike } from '../faults/strike.ts'
import type { CheckoutRow } from '../invariants/rows.ts'

export type RecoveryKind = 'process kill' | 'database crash'

/** How long after a fault the shop was whole again. */
export interface Recovery {
  readonly kind: RecoveryKind
  readonly strike: Strike
  readonly ms: number
  /** The checkout that ended last of those that had to; null when there was none. */
  readonly heldUpBy: string | null
}

/** What may pass until the shop is whole again, for 99 of 100. */
export const recoveryLimitMs: Record<RecoveryKind, number> = { 'process kill': 10_000, 'database crash': 20_000 }

/**
 * The recovery of every kill and crash: the time until each checkout that was accepted before it has ended, and one that
 * was accepted after it has ended too. Checkouts that wait for their buyers do not count. A kill within whose recovery
 * a database crashes counts as that crash.
 */
export function recoveries(strikes: readonly Strike[], checkouts: readonly CheckoutRow[]): Recovery[] {
  const ended = checkouts.filter(
    (row): row is CheckoutRow & { endedAt: number } => row.endedAt !== null && !waitsForBuyer(row.card),
  )
  const crashes = strikes.filter(({ fault }) => fault.kind === 'database')
  return strikes
    .filter(({ fault }) => fault.kind === 'kill' || fault.kind === 'database')
    .map((strike) => {
      const { at, fault } = strike
      const before = ended.filter(({ createdAt, endedAt }) => createdAt <= at && endedAt > at)
      const firstAfter = byEnd(ended.filter(({ createdAt }) => createdAt > at)).at(0)
      const last = byEnd([...before, ...(firstAfter ? [firstAfter] : [])]).at(-1)
      const until = last?.endedAt ?? at
      const isCrash = fault.kind === 'database' || crashes.some((crash) => crash.at >= at && crash.at <= until)
      return { kind: isCrash ? 'database crash' : 'process kill', strike, ms: until - at, heldUpBy: last?.id ?? null }
    })
}

const byEnd = <Row extends { readonly endedAt: number }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => a.endedAt - b.endedAt)
