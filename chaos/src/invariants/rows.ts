import type { Purchase, OrderChange } from '../buyers/tale.ts'
import type { DeadJob, Delivery } from './read-jobs.ts'

export interface CheckoutRow {
  readonly id: string
  readonly caller: string
  readonly key: string
  readonly cartId: string
  readonly customerId: string | null
  readonly card: string
  readonly refused: boolean
  readonly orderId: string | null
  readonly total: number | null
  readonly createdAt: number
  readonly endedAt: number | null
}

export interface OrderRow {
  readonly id: string
  readonly checkoutId: string | null
  readonly customerId: string | null
  readonly currencyCode: string
  readonly subtotal: number
  readonly shipping: number
  readonly tax: number
  readonly taxIncluded: boolean
  readonly total: number
  readonly refunded: number
  readonly cancelled: boolean
}

export interface OrderLineRow {
  readonly orderId: string
  readonly variantId: string
  readonly productId: string
  readonly quantity: number
  readonly unitPrice: number
}

export interface PaymentRow {
  readonly orderId: string
  readonly reference: string
  readonly amount: number
  readonly captured: boolean
  readonly voided: boolean
}

export interface RefundRow {
  readonly id: string
  readonly orderId: string
  readonly amount: number
  readonly reason: string | null
  readonly completed: boolean
}

export interface RefundLineRow {
  readonly refundId: string
  readonly orderId: string
  readonly variantId: string
  readonly quantity: number
  readonly restocked: boolean
}

/** What the payment provider has in its books. */
export interface BookedPayment {
  readonly id: string
  readonly key: string
  readonly currencyCode: string
  readonly amount: number
  readonly status: string
  readonly refunded: number
}

export interface BookedRefund {
  readonly key: string
  readonly paymentId: string
  readonly amount: number
}

export interface LevelRow {
  readonly id: string
  readonly variantId: string
  readonly onHand: number
  readonly reserved: number
}

export interface MovementRow {
  readonly levelId: string
  readonly delta: number
  readonly reason: string
  readonly onHandAfter: number
}

export interface ReservationRow {
  readonly checkoutId: string
  readonly state: 'HELD' | 'COMMITTED' | 'RELEASED'
}

export interface ReservationLineRow {
  readonly checkoutId: string
  readonly levelId: string
  readonly quantity: number
  readonly returned: number
}

export interface CartRow {
  readonly id: string
  readonly status: string
  readonly lockedBy: string | null
}

export interface PurchasedRow {
  readonly orderId: string
  readonly productId: string
  readonly userId: string
  readonly quantity: number
}

/** A message that was acted on, by the service that did. */
export interface InboxRow {
  readonly service: string
  readonly key: string
}

/** All that is stored when a run has settled, and all that buyers were told. Amounts are minor units. */
export interface Rows {
  readonly checkouts: readonly CheckoutRow[]
  readonly orders: readonly OrderRow[]
  readonly orderLines: readonly OrderLineRow[]
  readonly payments: readonly PaymentRow[]
  readonly refunds: readonly RefundRow[]
  readonly refundLines: readonly RefundLineRow[]
  readonly bookedPayments: readonly BookedPayment[]
  readonly bookedRefunds: readonly BookedRefund[]
  readonly levels: readonly LevelRow[]
  readonly movements: readonly MovementRow[]
  readonly reservations: readonly ReservationRow[]
  readonly reservationLines: readonly ReservationLineRow[]
  readonly carts: readonly CartRow[]
  readonly purchased: readonly PurchasedRow[]
  readonly inbox: readonly InboxRow[]
  readonly deliveries: readonly Delivery[]
  readonly deadJobs: readonly DeadJob[]
  /** The ids of the mails that were sent. */
  readonly mails: readonly string[]
  readonly told: { readonly purchases: readonly Purchase[]; readonly changes: readonly OrderChange[] }
}

/** What must hold whatever has happened: sentences that name what breaks it, none when it holds. */
export type Invariant = (rows: Rows) => string[]
