import { type CurrencyCode, type Money, money } from '@cartograph/money'
import { Prisma } from '../database.ts'

export type OrderStatus = 'CONFIRMED' | 'FULFILLED' | 'CANCELLED'

export interface Order {
  readonly id: string
  readonly number: string
  readonly status: OrderStatus
  /** Null for a guest. */
  readonly customerId: string | null
  readonly subtotal: Money
  readonly total: Money
  readonly placedAt: Date
}

/** The columns that `orderOf` reads. */
export const orderColumns = Prisma.sql`o.id, o.number, o.status::text as status, o.customer_id,
  o.currency_code::text as currency_code, o.subtotal, o.total, o.placed_at`

export interface OrderRow {
  id: string
  number: string
  status: OrderStatus
  customer_id: string | null
  currency_code: CurrencyCode
  subtotal: bigint
  total: bigint
  placed_at: Date
}

export function orderOf(row: OrderRow): Order {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    customerId: row.customer_id,
    subtotal: storedMoney(row.subtotal, row.currency_code),
    total: storedMoney(row.total, row.currency_code),
    placedAt: row.placed_at,
  }
}

/** An amount from a bigint column. Throws when a number cannot hold it exactly, as what rounds is no safe integer. */
export function storedMoney(minorUnits: bigint, currencyCode: CurrencyCode): Money {
  return money(Number(minorUnits), currencyCode)
}
