import type { Database } from '../database.ts'
import type { UsersServices } from '../account/users-request.ts'
import { tellSessionsEnded } from './tell-sessions-ended.ts'

/**
 * Ends all sessions of a user that have not ended, but the one that is excepted, and has the gateways told, in the
 * caller's transaction. Answers the ids of those it ended; of two at once each session is among the answers of one.
 */
export async function endSessions(
  tx: Database,
  services: Pick<UsersServices, 'outbox' | 'tellsGateways'>,
  userId: string,
  { except = null, now }: { readonly except?: string | null; readonly now: Date },
): Promise<string[]> {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    update session set revoked_at = ${now}
    where user_id = ${userId}::uuid and revoked_at is null and id is distinct from ${except}::uuid
    returning id`
  const ids = ended.map(({ id }) => id)
  await tellSessionsEnded(tx, services, userId, ids, now)
  return ids
}
