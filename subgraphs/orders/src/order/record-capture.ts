import { type Database, Prisma } from '../database.ts'
import { eventMessages } from './order-event.ts'

/** CTEs that write that an order's payment was captured, once. */
export function captureOf(orderId: string, at: Date): Prisma.Sql {
  return Prisma.sql`captured as (
      update payment set captured_at = ${at.toISOString()}::timestamptz
      where order_id = ${orderId}::uuid and captured_at is null and voided_at is null returning order_id
    ), paid as (
      insert into order_event (order_id, type, at, message)
      select order_id, 'PAID', ${at.toISOString()}::timestamptz, ${eventMessages.PAID} from captured
    )`
}

/** Writes that an order's payment was captured, once. */
export async function recordCapture(tx: Database, orderId: string, at: Date): Promise<void> {
  await tx.$executeRaw`with ${captureOf(orderId, at)} select from captured`
}
