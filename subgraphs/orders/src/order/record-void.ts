import type { Database } from '../database.ts'

/** Writes that the money of an order was let go of; false when it was before, or was taken. */
export async function recordVoid(tx: Database, orderId: string, at: Date): Promise<boolean> {
  const voided = await tx.$executeRaw`
    update payment set voided_at = ${at.toISOString()}::timestamptz
    where order_id = ${orderId}::uuid and captured_at is null and voided_at is null`
  return voided === 1
}
