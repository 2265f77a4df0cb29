import type { Database } from '../database.ts'
import { eventMessages, type OrderEventType } from './order-event.ts'

/** Adds to an order's timeline. */
export async function insertEvent(tx: Database, orderId: string, type: OrderEventType, at: Date): Promise<void> {
  await tx.$executeRaw`
    insert into order_event (order_id, type, at, message)
    values (${orderId}::uuid, ${type}::"OrderEventType", ${at.toISOString()}::timestamptz, ${eventMessages[type]})`
}
