import type { OrderRecord } from '@cartograph/contracts'
import type pg from 'pg'

/**
 * Writes what was bought in these orders, the lines of one product together, and answers how many orders were new. What
 * was called off, by its record or since then, says nothing about taste and is left out.
 */
export async function writePurchases(connection: pg.Client, records: OrderRecord[]): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    `with written as (
       insert into purchase (order_id, product_id, user_id, quantity, at)
       select "orderId", "productId", case when d.user_id is null then "userId" end, quantity, at
       from json_to_recordset($1) as r ("orderId" uuid, "productId" uuid, "userId" uuid, quantity int, at timestamptz)
       left join deleted_user d on d.user_id = "userId"
       where not exists (select from cancelled_order c where c.order_id = "orderId")
       on conflict (order_id, product_id) do nothing returning order_id
     ) select count(distinct order_id)::int as count from written`,
    [JSON.stringify(records.filter(({ cancelledAt }) => cancelledAt === null).flatMap(purchasesOf))],
  )
  return rows[0]!.count
}

function purchasesOf({ id: orderId, customerId: userId, placedAt: at, lines }: OrderRecord) {
  const quantities = new Map<string, number>()
  for (const { productId, quantity } of lines) quantities.set(productId, (quantities.get(productId) ?? 0) + quantity)
  return [...quantities].map(([productId, quantity]) => ({ orderId, productId, userId, quantity, at }))
}
