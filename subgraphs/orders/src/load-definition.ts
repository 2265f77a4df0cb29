import type { LoadDefinition } from '@cartograph/service-runtime'
import { writeOrders } from './order/write-orders.ts'

/** What orders keeps of a shop's records. */
export const loadDefinition: LoadDefinition = {
  migrations: new URL('../prisma/migrations', import.meta.url),
  writers: { order: writeOrders },
  // Plans are made from statistics, and autovacuum brings the first ones only after a minute.
  finish: async (connection) => void (await connection.query('analyze customer_order, order_line, order_event')),
}
