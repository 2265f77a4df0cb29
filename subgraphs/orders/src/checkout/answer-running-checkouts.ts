import type { Database } from '../database.ts'

/**
 * Which of these checkouts may still come to need what is held for them: those that have not ended, and those whose
 * order has been placed, for its event may still be on its way.
 */
export async function answerRunningCheckouts(
  db: Database,
  checkoutIds: readonly string[],
): Promise<{ running: string[] }> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from checkout where id = any(${checkoutIds}::uuid[]) and (ended_at is null or order_id is not null)`
  return { running: rows.map(({ id }) => id) }
}
