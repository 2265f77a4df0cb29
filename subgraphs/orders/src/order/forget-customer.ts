import type { Database } from '../database.ts'
import { eraseBuyers } from './erase-buyers.ts'
import { erasedRequest } from './erased-buyer.ts'

/**
 * Forgets who a customer was: in the orders and checkouts that have ended now, and by a note in those that have not, when
 * they do. So it may be told before an order of theirs is placed, late, and twice.
 */
export async function forgetCustomer(tx: Database, customerId: string, deletedAt: string): Promise<void> {
  await tx.$executeRaw`
    insert into deleted_customer (customer_id, deleted_at) values (${customerId}::uuid, ${deletedAt}::timestamptz)
    on conflict (customer_id) do nothing`
  await eraseBuyers(tx, { customerId })
  // By the caller, which has an index: a checkout of a user is under that user's key.
  await tx.$executeRaw`
    update checkout set request = ${erasedRequest} where caller = ${`user:${customerId}`} and ended_at is not null`
}
