import type { Database } from '../database.ts'
import { eraseBuyers } from './erase-buyers.ts'
import { erasedEmail, erasedRequest } from './erased-buyer.ts'

/**
 * Forgets the customers of orders and checkouts that ended in the very moment in which `forgetCustomer` noted the deletion:
 * neither saw what the other had not committed yet. Answers how many there were.
 */
export async function eraseLateBuyers(db: Database): Promise<number> {
  const orders = await eraseBuyers(db, 'everybody')
  const checkouts = await db.$executeRaw`
    update checkout c set request = ${erasedRequest} from deleted_customer d
    where c.caller = 'user:' || d.customer_id and c.ended_at is not null
      and c.request->>'email' is distinct from ${erasedEmail}`
  return orders + checkouts
}
