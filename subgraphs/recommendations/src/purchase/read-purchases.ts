import type pg from 'pg'
import type { PurchaseHistory } from '../models/purchase-history.ts'

/**
 * All that was bought, as the models read it. Products are numbered by PostgreSQL, so that an order arrives as a few
 * small integers: 15,000 orders with 300,000 purchases are a dozen megabytes. Each order of a guest has a buyer of its own.
 */
export async function readPurchases(connection: pg.Client): Promise<PurchaseHistory> {
  const { rows: products } = await connection.query<{ id: string }>('select id from product order by id')
  const { rows: orders } = await connection.query<{ buyer: string; at: Date; items: number[] }>(
    // By the products as they were read: one that is new since then must not move the numbers of those behind it.
    `with numbered as (select id, (place - 1)::int as number from unnest($1::uuid[]) with ordinality as p (id, place))
     select coalesce(p.user_id, p.order_id) as buyer, p.at, array_agg(n.number order by n.number) as items
     from purchase p join numbered n on n.id = p.product_id
     group by p.order_id, p.user_id, p.at order by p.order_id`,
    [products.map(({ id }) => id)],
  )
  const buyers = new Map<string, number>()
  const history = {
    productIds: products.map(({ id }) => id),
    itemCount: products.length,
    starts: new Uint32Array(orders.length + 1),
    items: new Uint32Array(orders.reduce((count, { items }) => count + items.length, 0)),
    buyers: new Uint32Array(orders.length),
    placedAt: new Float64Array(orders.length),
  }
  orders.forEach(({ buyer: name, at, items }, order) => {
    const start = history.starts[order]!
    history.items.set(items, start)
    history.starts[order + 1] = start + items.length
    const buyer = buyers.get(name) ?? buyers.size
    buyers.set(name, buyer)
    history.buyers[order] = buyer
    history.placedAt[order] = at.getTime()
  })
  return { ...history, buyerCount: buyers.size }
}
