import { buildOrderLog, type OrderLog } from '../order-log.ts'

/** A log of orders given as customer, day and items. */
export function logOf(itemCount: number, ...orders: [customer: number, day: number, items: number[]][]): OrderLog {
  const customerCount = Math.max(...orders.map(([customer]) => customer)) + 1
  return buildOrderLog(
    itemCount,
    customerCount,
    orders.map(([customer, placedAt, items]) => ({ customer, placedAt, items })),
  )
}
