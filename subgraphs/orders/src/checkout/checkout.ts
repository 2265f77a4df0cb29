import type { UserErrorData } from '@cartograph/error-catalogue'
import type { Money } from '@cartograph/money'
import { Prisma } from '../database.ts'
import type { Purchase } from './purchase.ts'

/** How far a checkout has come; each but the first is reached by the step of that row in checkout-steps.ts. */
export type CheckoutState =
  'NEW' | 'CART_LOCKED' | 'STOCK_RESERVED' | 'PAYMENT_AUTHORIZED' | 'ORDERED' | 'PAYMENT_SETTLED'

export interface ShippingAddress {
  readonly fullName: string
  readonly line1: string
  readonly line2: string | null
  readonly city: string
  readonly postalCode: string
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string
}

/** What a buyer has sent. */
export interface CheckoutRequest {
  readonly email: string
  readonly shippingAddress: ShippingAddress
  readonly shippingMethodCode: string
  /** Kept until the checkout has ended. */
  readonly paymentMethodToken?: string
  readonly expectedTotal: Money
  readonly expectedCartVersion: number | null
  /** SHA-256 of the cart token they sent, in base64url. */
  readonly cartTokenHash: string | null
}

export interface NextAction {
  readonly type: 'REDIRECT'
  readonly url: string
}

export interface Checkout {
  readonly id: string
  readonly state: CheckoutState
  readonly undoState: CheckoutState | null
  /** Why it was refused; the answer's userErrors. */
  readonly refusal: readonly UserErrorData[] | null
  readonly cartId: string
  readonly customerId: string | null
  readonly guestTokenHash: Uint8Array | null
  readonly request: CheckoutRequest
  readonly purchase: Purchase | null
  readonly paymentId: string | null
  readonly nextAction: NextAction | null
  readonly orderId: string | null
  readonly createdAt: Date
  readonly endedAt: Date | null
}

/** The columns of `checkout c`, named as in Checkout. */
export const checkoutColumns = Prisma.sql`c.id, c.state::text as state, c.undo_state::text as "undoState", c.refusal,
  c.cart_id as "cartId", c.customer_id as "customerId", c.guest_token_hash as "guestTokenHash", c.request, c.purchase,
  c.payment_id as "paymentId", c.next_action as "nextAction", c.order_id as "orderId", c.created_at as "createdAt",
  c.ended_at as "endedAt"`

export type CheckoutStatus = 'PROCESSING' | 'ACTION_REQUIRED' | 'COMPLETED' | 'REFUSED'

/** What the buyer is told of it. */
export function statusOf({ endedAt, refusal, nextAction }: Checkout): CheckoutStatus {
  if (endedAt !== null) return refusal === null ? 'COMPLETED' : 'REFUSED'
  return nextAction !== null && refusal === null ? 'ACTION_REQUIRED' : 'PROCESSING'
}
