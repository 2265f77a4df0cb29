import type { Database } from '../database.ts'

/**
 * Ends all sessions of a user that have not ended, but the one that is excepted, and answers the ids of those it ended;
 * of two at once each session is among the answers of one. Whoever calls this hands the ids to `tellSessionsEnded`, in
 * the same transaction, so that their access tokens end too.
 */
export async function endSessions(
  tx: Database,
  userId: string,
  { except = null, now }: { readonly except?: string | null; readonly now: Date },
): Promise<string[]> {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    update session set revoked_at = ${now}
    where user_id = ${userId}::uuid and revoked_at is null and id is distinct from ${except}::uuid
    returning id`
  return ended.map(({ id }) => id)
}
