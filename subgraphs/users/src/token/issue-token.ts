import type { Database } from '../database.ts'
import { hashOfToken, newToken, type TokenHolder } from './one-time-token.ts'

export interface IssuedToken extends TokenHolder {
  readonly token: string
  readonly displayName: string
}

/**
 * A token for the mail of a request, 256 random bits of which only the SHA-256 is kept; null when the request was
 * replaced by a newer one, has been used or taken back, or is too old. Asked again, because a mail was not taken for
 * certain, it makes another one beside the first: either mail may have arrived.
 */
export async function issueToken(db: Database, requestId: string, now: Date): Promise<IssuedToken | null> {
  const token = newToken()
  const [granted] = await db.$queryRaw<Omit<IssuedToken, 'token'>[]>`
    update one_time_token t set hashes = t.hashes || ${hashOfToken(token)}::bytea
    from user_account u
    where t.request_id = ${requestId}::uuid and t.ended_at is null and t.expires_at > ${now.toISOString()}::timestamptz
      and u.id = t.user_id
    returning t.user_id as "userId", t.email, u.display_name as "displayName"`
  return granted ? { ...granted, token } : null
}
