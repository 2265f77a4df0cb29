import type { Database } from '../database.ts'
import { type Order, orderColumns, orderOf, type OrderRow } from './order.ts'

/** The order as it is now, held until the transaction ends: changes of one order follow each other. */
export async function lockOrder(tx: Database, orderId: string): Promise<Order | null> {
  const [row] = await tx.$queryRaw<OrderRow[]>`
    select ${orderColumns} from customer_order o where o.id = ${orderId}::uuid for update`
  return row ? orderOf(row) : null
}
