import type { Database } from '../database.ts'

/** What a user looked at or put into carts long ago, or before much else, says little of what they want now. */
const mostOfAType = 200
const oldestMs = 90 * 86_400_000

/**
 * Removes all views and all additions to carts of a user but the newest 200 of each, and those that are older than 90 days
 * at `now`. What was dismissed stays so.
 */
export async function pruneInterests(tx: Database, userId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    with interest as (
      select event_id, at, row_number() over (partition by type order by at desc, event_id) as place
      from interaction where user_id = ${userId}::uuid and type <> 'DISMISS'
    )
    delete from interaction i using interest t
    where i.user_id = ${userId}::uuid and i.event_id = t.event_id
      and (t.place > ${mostOfAType} or t.at < ${new Date(now.getTime() - oldestMs)}::timestamptz)`
}
