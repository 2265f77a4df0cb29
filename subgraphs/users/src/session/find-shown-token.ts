import type { Database } from '../database.ts'
import type { ShownToken } from './judge-refresh.ts'

export interface FoundToken extends ShownToken {
  readonly sessionId: string
  readonly userId: string
  /** Where the session was opened; null for a password. */
  readonly provider: string | null
}

/**
 * The refresh token with this hash, or null. Its session stays locked until the transaction ends, so that of two uses
 * at once the second one sees what the first has done.
 */
export async function findShownToken(tx: Database, hash: Uint8Array<ArrayBuffer>): Promise<FoundToken | null> {
  // A statement of its own: one that waits for a lock sees the row it has locked anew, and all others as they were.
  await tx.$queryRaw`
    select from session where id = (select session_id from refresh_token where hash = ${hash}) for update`
  const [token] = await tx.$queryRaw<FoundToken[]>`
    select t.session_id as "sessionId", s.user_id as "userId", s.provider, t.used_at as "usedAt", t.replaced_at as "replacedAt",
      t.expires_at as "expiresAt", s.created_at as "sessionCreatedAt", s.revoked_at as "sessionRevokedAt",
      u.disabled_at is not null as "isAccountDisabled",
      exists (select from refresh_token n where n.session_id = t.session_id and n.predecessor_hash = t.hash
        and n.used_at is null and n.replaced_at is null) as "isSuccessorUnused"
    from refresh_token t join session s on s.id = t.session_id join user_account u on u.id = s.user_id
    where t.hash = ${hash}`
  return token ?? null
}
