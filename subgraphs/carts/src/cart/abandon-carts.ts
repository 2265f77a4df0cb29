import type { Database } from '../database.ts'

const keptForMs = 30 * 86_400_000
/** Carts of one statement: few enough to be over before anybody waits for one of them. */
const batchSize = 500

/**
 * Gives up the guests' carts that nobody has written to for 30 days, batch after batch, and answers how many. Never one
 * that a checkout holds. Several processes may do it at once: each passes over what another one is at.
 */
export async function abandonCarts(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - keptForMs)
  for (let total = 0; ;) {
    const count = await db.$executeRaw`
      with found as materialized (
        select id from cart
        where status = 'ACTIVE' and token_hash is not null and locked_by is null and updated_at < ${before}
        order by updated_at limit ${batchSize} for update skip locked
      ) update cart set status = 'ABANDONED' from found where cart.id = found.id`
    total += count
    if (count < batchSize) return total
  }
}
