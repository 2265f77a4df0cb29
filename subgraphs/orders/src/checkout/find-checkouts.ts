import type { Database } from '../database.ts'
import { type Checkout, checkoutColumns } from './checkout.ts'

/** The checkouts with these ids, in no order; unknown ids are left out. */
export async function findCheckouts(db: Database, ids: readonly string[]): Promise<Checkout[]> {
  return db.$queryRaw<Checkout[]>`select ${checkoutColumns} from checkout c where c.id = any(${ids}::uuid[])`
}

export async function findCheckout(db: Database, id: string): Promise<Checkout | null> {
  return (await findCheckouts(db, [id]))[0] ?? null
}
