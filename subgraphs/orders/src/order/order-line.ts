import type { CurrencyCode, Money } from '@cartograph/money'
import { Prisma } from '../database.ts'
import { storedMoney } from './order.ts'

export interface OrderLine {
  readonly id: string
  readonly orderId: string
  /** Whose order it is of: who may see the order may see its lines. */
  readonly customerId: string | null
  readonly variantId: string
  readonly sku: string
  readonly title: string
  readonly quantity: number
  readonly unitPrice: Money
}

/** The columns that `orderLineOf` reads, of `order_line l` and its `customer_order o`. */
export const orderLineColumns = Prisma.sql`l.id, l.order_id, o.customer_id, l.variant_id, l.sku, l.title, l.quantity,
  l.unit_price, o.currency_code::text as currency_code`

export interface OrderLineRow {
  id: string
  order_id: string
  customer_id: string | null
  variant_id: string
  sku: string
  title: string
  quantity: number
  unit_price: bigint
  currency_code: CurrencyCode
}

export function orderLineOf(row: OrderLineRow): OrderLine {
  return {
    id: row.id,
    orderId: row.order_id,
    customerId: row.customer_id,
    variantId: row.variant_id,
    sku: row.sku,
    title: row.title,
    quantity: row.quantity,
    unitPrice: storedMoney(row.unit_price, row.currency_code),
  }
}
