import type { CurrencyCode, Money } from '@cartograph/money'
import { Prisma } from '../database.ts'
import type { PurchaseAccess } from './order-access.ts'
import { storedMoney } from './order.ts'

/** Who may see the order may see its lines. */
export interface OrderLine extends PurchaseAccess {
  readonly id: string
  readonly orderId: string
  readonly variantId: string
  readonly productId: string
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly fulfilled: number
  readonly refunded: number
  /** Of those refunded, the units that were not sent and never will be. */
  readonly withdrawn: number
}

/** The columns that `orderLineOf` reads, of `order_line l` and its `customer_order o`. */
export const orderLineColumns = Prisma.sql`l.id, l.order_id, o.customer_id, o.guest_token_hash, l.variant_id,
  l.product_id, l.sku, l.title, l.quantity, l.unit_price, l.fulfilled, l.refunded, l.withdrawn,
  o.currency_code::text as currency_code`

export interface OrderLineRow {
  id: string
  order_id: string
  customer_id: string | null
  guest_token_hash: Uint8Array | null
  variant_id: string
  product_id: string
  sku: string
  title: string
  quantity: number
  unit_price: bigint
  fulfilled: number
  refunded: number
  withdrawn: number
  currency_code: CurrencyCode
}

export function orderLineOf(row: OrderLineRow): OrderLine {
  return {
    id: row.id,
    orderId: row.order_id,
    customerId: row.customer_id,
    guestTokenHash: row.guest_token_hash,
    variantId: row.variant_id,
    productId: row.product_id,
    sku: row.sku,
    title: row.title,
    quantity: row.quantity,
    unitPrice: storedMoney(row.unit_price, row.currency_code),
    fulfilled: row.fulfilled,
    refunded: row.refunded,
    withdrawn: row.withdrawn,
  }
}

/** Units that are still to be sent. */
export const unsentUnits = ({ quantity, fulfilled, withdrawn }: OrderLine): number => quantity - fulfilled - withdrawn
