import type { OrderRecord } from '@cartograph/contracts'
import { money, multiply, sum } from '@cartograph/money'
import type pg from 'pg'
import { eventMessages } from './order-event.ts'

// json and not jsonb: it is read once, and a third faster so.

/**
 * Writes the orders that are not there yet, with their lines and what happened to them, in one statement; an order that
 * is there stays as it is. The totals are the sum of the lines; throws when one is too large to be exact.
 */
export async function writeOrders(connection: pg.Client, records: OrderRecord[]): Promise<number> {
  const orders = firstOfEach(records)
  const { rows } = await connection.query<{ count: number }>(
    `with placed as (
       insert into customer_order
         (id, number, customer_id, currency_code, subtotal, total, units, units_fulfilled, placed_at, fulfilled_at,
         cancelled_at)
       select id, number, "customerId", "currencyCode", total, total, units,
         case when "fulfilledAt" is null then 0 else units end, "placedAt", "fulfilledAt", "cancelledAt"
       from json_to_recordset($1) as r (id uuid, number text, "customerId" uuid, "currencyCode" "CurrencyCode",
         total bigint, units int, "placedAt" timestamptz, "fulfilledAt" timestamptz, "cancelledAt" timestamptz)
       on conflict (id) do nothing returning id
     ), lines as (
       insert into order_line (id, order_id, position, variant_id, product_id, sku, title, quantity, unit_price, fulfilled)
       select r.id, "orderId", position, "variantId", "productId", sku, title, quantity, "unitPrice", fulfilled
       from json_to_recordset($2) as r (id uuid, "orderId" uuid, position int, "variantId" uuid, "productId" uuid,
         sku text, title text, quantity int, "unitPrice" bigint, fulfilled int)
       join placed on placed.id = "orderId"
     ), events as (
       insert into order_event (order_id, type, at, message)
       select "orderId", type, at, message
       from json_to_recordset($3) as r ("orderId" uuid, type "OrderEventType", at timestamptz, message text)
       join placed on placed.id = "orderId"
       order by at, type
     ) select count(*)::int as count from placed`,
    [
      JSON.stringify(
        orders.map(({ lines, ...order }) => ({
          ...order,
          total: totalOf(order.currencyCode, lines),
          units: lines.reduce((units, { quantity }) => units + quantity, 0),
        })),
      ),
      JSON.stringify(orders.flatMap(linesOf)),
      JSON.stringify(orders.flatMap(eventsOf)),
    ],
  )
  return rows[0]!.count
}

/** The records without those of an order that came before, whose lines would otherwise be written twice. */
function firstOfEach(records: readonly OrderRecord[]): OrderRecord[] {
  return [...new Map(records.toReversed().map((record) => [record.id, record])).values()].toReversed()
}

/** What was imported was sent whole or not at all. */
function linesOf({ id: orderId, lines, fulfilledAt }: OrderRecord) {
  return lines.map((line, position) => ({
    ...line,
    orderId,
    position,
    fulfilled: fulfilledAt === null ? 0 : line.quantity,
  }))
}

function totalOf(currencyCode: OrderRecord['currencyCode'], lines: OrderRecord['lines']): number {
  const lineTotals = lines.map(({ unitPrice, quantity }) => multiply(money(unitPrice, currencyCode), quantity))
  return sum(lineTotals, currencyCode).minorUnits
}

function eventsOf({ id: orderId, placedAt, fulfilledAt, cancelledAt }: OrderRecord) {
  const happened = { PLACED: placedAt, FULFILLED: fulfilledAt, CANCELLED: cancelledAt }
  return (['PLACED', 'FULFILLED', 'CANCELLED'] as const).flatMap((type) =>
    happened[type] === null ? [] : [{ orderId, type, at: happened[type], message: eventMessages[type] }],
  )
}
