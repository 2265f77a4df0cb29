import type { Database } from '../database.ts'

/** Which of these products a customer has bought in any variant; an order that was called off does not count. */
export async function findPurchasedProducts(
  db: Database,
  customerId: string,
  productIds: readonly string[],
): Promise<{ readonly productId: string }[]> {
  return db.$queryRaw<{ productId: string }[]>`
    select p.id as "productId" from unnest(${productIds}::uuid[]) as p (id)
    where exists (
      select from customer_order o join order_line l on l.order_id = o.id
      where o.customer_id = ${customerId}::uuid and l.product_id = p.id and o.status <> 'CANCELLED'
    )`
}
