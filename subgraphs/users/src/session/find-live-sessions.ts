import type { Database } from '../database.ts'
import { absoluteLifetimeMs, idleLifetimeMs } from './session-lifetime.ts'

/** A session as its owner sees it: a sign-in on one device that can still be renewed. */
export interface LiveSession {
  readonly id: string
  readonly userId: string
  readonly createdAt: Date
  readonly lastUsedAt: Date
}

/** The sessions of these users that can still be renewed, of each user the last used one first. */
export async function findLiveSessions(db: Database, userIds: readonly string[], now: Date): Promise<LiveSession[]> {
  const usedAfter = new Date(now.getTime() - idleLifetimeMs)
  const openedAfter = new Date(now.getTime() - absoluteLifetimeMs)
  return db.$queryRaw<LiveSession[]>`
    select s.id, s.user_id as "userId", s.created_at as "createdAt", s.last_used_at as "lastUsedAt"
    from session s where s.user_id = any(${userIds}::uuid[]) and s.revoked_at is null
      and s.last_used_at > ${usedAfter} and s.created_at > ${openedAfter}
    order by s.user_id, s.last_used_at desc, s.id`
}
