import { type Money, toDecimal } from '@cartograph/money'
import type { Database } from '../database.ts'
import { findLinesOfOrders } from './find-orders.ts'
import { orderColumns, orderOf, type OrderRow } from './order.ts'

const mostOrders = 1_000

/** The last orders of a customer with their lines, the latest first, as JSON for that customer. */
export async function exportOrders(db: Database, customerId: string): Promise<string> {
  const rows = await db.$queryRaw<OrderRow[]>`
    select ${orderColumns} from customer_order o where o.customer_id = ${customerId}::uuid
    order by o.placed_at desc, o.id desc limit ${mostOrders + 1}`
  const orders = rows.slice(0, mostOrders).map(orderOf)
  const lines = Map.groupBy(
    await findLinesOfOrders(
      db,
      orders.map(({ id }) => id),
    ),
    ({ orderId }) => orderId,
  )
  return JSON.stringify({
    complete: rows.length <= mostOrders,
    orders: orders.map(({ id, number, status, placedAt, email, shippingAddress, shippingMethod, total, refunded }) => ({
      number,
      status,
      placedAt,
      email,
      shippingAddress,
      shippingMethod,
      total: shown(total),
      refunded: shown(refunded),
      lines: (lines.get(id) ?? []).map(({ sku, title, quantity, unitPrice }) => ({
        sku,
        title,
        quantity,
        unitPrice: shown(unitPrice),
      })),
    })),
  })
}

const shown = (amount: Money) => ({ amount: toDecimal(amount), currencyCode: amount.currencyCode })
