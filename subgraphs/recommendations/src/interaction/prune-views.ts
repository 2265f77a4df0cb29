import type { Database } from '../database.ts'

/** What a user looked at long ago, or before much else, says little of what they want now. */
const mostViews = 200
const oldestViewMs = 90 * 86_400_000

/** Removes all views of a user but the newest 200, and those that are older than 90 days at `now`. */
export async function pruneViews(tx: Database, userId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    with viewed as (
      select event_id, at, row_number() over (order by at desc, event_id) as place
      from interaction where user_id = ${userId}::uuid and type = 'VIEW'
    )
    delete from interaction i using viewed v
    where i.user_id = ${userId}::uuid and i.event_id = v.event_id
      and (v.place > ${mostViews} or v.at < ${new Date(now.getTime() - oldestViewMs)}::timestamptz)`
}
