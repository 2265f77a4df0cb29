/** A budget is counted from each full minute of the ledger's clock. */
export const minuteMs = 60_000

export interface PointsWanted {
  /** Points a minute. */
  readonly budget: number
  /** Less than this is of no use: it is granted, or nothing is. */
  readonly need: number
  /** How many would be of use. */
  readonly want: number
}

export interface PointsGranted {
  readonly granted: number
  /** What is left of this minute's budget. */
  readonly remaining: number
  /** How long this minute still lasts. */
  readonly msToReset: number
}

/**
 * Counts what partners spend, for all gateways that ask it: of a partner's budget no more is granted in a minute than there is,
 * however many take at once.
 */
export interface PointsLedger {
  /**
   * Grants what is wanted, but no more than what is needed or an eighth of what remains, whichever is more: leases shrink as a
   * budget runs out, so that little of it lies at a gateway that does not spend it. Rejects while the ledger does not answer.
   */
  take(partnerId: string, wanted: PointsWanted): Promise<PointsGranted>
  close(): Promise<void>
}

/** How much of `remaining` one gateway is granted; the ledgers in a database compute the same. */
export function grantOf(remaining: number, { need, want }: PointsWanted): number {
  if (need > remaining) return 0
  return Math.max(need, Math.min(want, Math.floor(remaining / 8)))
}
