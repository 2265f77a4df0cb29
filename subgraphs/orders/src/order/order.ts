import { type CurrencyCode, type Money, money } from '@cartograph/money'
import type { ShippingAddress } from '../checkout/checkout.ts'
import type { TaxRate } from '../checkout/purchase.ts'
import { Prisma } from '../database.ts'
import type { PurchaseAccess } from './order-access.ts'

export type OrderStatus = 'CONFIRMED' | 'PARTIALLY_FULFILLED' | 'FULFILLED' | 'CANCELLED' | 'REFUNDED'
export type CancelReason = 'CUSTOMER' | 'OUT_OF_STOCK' | 'FRAUD' | 'OTHER'

export interface OrderTax {
  readonly taxRate: TaxRate
  readonly amount: Money
}

export interface Order extends PurchaseAccess {
  readonly id: string
  readonly number: string
  readonly status: OrderStatus
  /** Null for an imported order, as are the next three. */
  readonly checkoutId: string | null
  readonly email: string | null
  readonly shippingAddress: ShippingAddress | null
  readonly shippingMethod: string | null
  readonly subtotal: Money
  readonly shipping: Money
  readonly tax: OrderTax | null
  readonly total: Money
  readonly refunded: Money
  readonly shippingRefunded: boolean
  readonly unitsFulfilled: number
  readonly cancelReason: CancelReason | null
  readonly cancelledAt: Date | null
  readonly version: number
  readonly placedAt: Date
  /** Set on an order that is shown as it was then: what happened later is left out. */
  readonly asOf?: Date
}

/** The order as it was when its checkout was answered: the answer to a repeated request is the answer to the first. */
export function asAnswered(order: Order, asOf: Date): Order {
  if (order.cancelledAt !== null && order.cancelledAt <= asOf) return order
  return { ...order, asOf, status: 'CONFIRMED', refunded: money(0, order.total.currencyCode), cancelReason: null }
}

/** The columns that `orderOf` reads. */
export const orderColumns = Prisma.sql`o.id, o.number, o.status::text as status, o.customer_id, o.guest_token_hash,
  o.checkout_id, o.email, o.shipping_address, o.shipping_method, o.currency_code::text as currency_code, o.subtotal,
  o.shipping, o.tax, o.tax_name, o.tax_rate, o.tax_included, o.total, o.refunded, o.shipping_refunded,
  o.units_fulfilled, o.cancel_reason::text as cancel_reason, o.cancelled_at, o.version, o.placed_at`

export interface OrderRow {
  id: string
  number: string
  status: OrderStatus
  customer_id: string | null
  guest_token_hash: Uint8Array | null
  checkout_id: string | null
  email: string | null
  shipping_address: ShippingAddress | null
  shipping_method: string | null
  currency_code: CurrencyCode
  subtotal: bigint
  shipping: bigint
  tax: bigint
  tax_name: string | null
  tax_rate: number
  tax_included: boolean
  total: bigint
  refunded: bigint
  shipping_refunded: boolean
  units_fulfilled: number
  cancel_reason: CancelReason | null
  cancelled_at: Date | null
  version: number
  placed_at: Date
}

export function orderOf(row: OrderRow): Order {
  const amount = (minorUnits: bigint) => storedMoney(minorUnits, row.currency_code)
  const taxRate = row.tax_name === null ? null : { name: row.tax_name, rate: row.tax_rate, included: row.tax_included }
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    customerId: row.customer_id,
    guestTokenHash: row.guest_token_hash,
    checkoutId: row.checkout_id,
    email: row.email,
    shippingAddress: row.shipping_address,
    shippingMethod: row.shipping_method,
    subtotal: amount(row.subtotal),
    shipping: amount(row.shipping),
    tax: taxRate && { taxRate, amount: amount(row.tax) },
    total: amount(row.total),
    refunded: amount(row.refunded),
    shippingRefunded: row.shipping_refunded,
    unitsFulfilled: row.units_fulfilled,
    cancelReason: row.cancel_reason,
    cancelledAt: row.cancelled_at,
    version: row.version,
    placedAt: row.placed_at,
  }
}

/** An amount from a bigint column. Throws when a number cannot hold it exactly, as what rounds is no safe integer. */
export function storedMoney(minorUnits: bigint, currencyCode: CurrencyCode): Money {
  return money(Number(minorUnits), currencyCode)
}
