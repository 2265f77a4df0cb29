import type { Database } from '../database.ts'

/** How long it is known who signed in, and from where: a year, and a month to look back at it. */
export const securityEventsKeptMs = 400 * 24 * 3_600_000

/** Removes what is too old to be kept: security events after 400 days, and counts of tries that are forgotten. */
export async function removeOldRows(db: Database, now: Date): Promise<number> {
  const events = await db.securityEvent.deleteMany({
    where: { at: { lt: new Date(now.getTime() - securityEventsKeptMs) } },
  })
  const counts = await db.attemptLimit.deleteMany({ where: { forgetAt: { lt: now } } })
  return events.count + counts.count
}
