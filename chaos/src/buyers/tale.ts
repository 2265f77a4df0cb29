import type { Headers } from './ask.ts'

/** One purchase under one key, and what its buyer was told of it. */
export interface Purchase {
  readonly headers: Headers
  readonly variables: { readonly cartId: string; readonly idempotencyKey: string; readonly input: object }
  readonly card: string
  /** Its global id, once an answer named it. */
  checkoutId: string | null
  status: 'COMPLETED' | 'REFUSED' | null
  orderId: string | null
  /** The first answer of checkoutComplete that told its end, byte for byte. */
  endTold: string | null
  /** Milliseconds from the first request to when the buyer knew the end. */
  latencyMs: number | null
}

/** A change of an order that was asked for under one key; `wasMade` once that was answered. */
export interface OrderChange {
  readonly orderId: string
  readonly kind: 'cancel' | 'refund' | 'fulfill'
  readonly key: string
  wasMade: boolean
}

/** All that the buyers and the staff of a run were told. */
export class Tale {
  readonly purchases: Purchase[] = []
  readonly changes: OrderChange[] = []
  /** What no shop may answer, whatever breaks. */
  readonly complaints: string[] = []
  /** How often which refusal was answered. */
  readonly refusals = new Map<string, number>()
  hotCustomers = 0
  requests = 0

  refused(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1)
  }
}
