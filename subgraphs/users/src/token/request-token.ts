import { randomUUID } from 'node:crypto'
import type { Database } from '../database.ts'
import { tokenLifetimeMs, type TokenHolder, type TokenPurpose } from './one-time-token.ts'

export interface TokenRequest extends TokenHolder {
  readonly purpose: TokenPurpose
  readonly requestedAt: Date
  /** Unique for ever; the same one again changes nothing. */
  readonly requestId?: string
}

/**
 * Grants a token that `issueToken` will make, and answers the id to make it by. It takes the place of the account's
 * earlier one of that purpose, whose links no longer work. Of two at once the later request stands.
 */
export async function requestToken(
  db: Database,
  { userId, email, purpose, requestedAt, requestId = randomUUID() }: TokenRequest,
): Promise<string> {
  const expiresAt = new Date(requestedAt.getTime() + tokenLifetimeMs[purpose])
  await db.$executeRaw`
    insert into one_time_token as t (request_id, user_id, purpose, email, hashes, requested_at, expires_at)
    values (${requestId}::uuid, ${userId}::uuid, ${purpose}::"TokenPurpose", ${email}, '{}',
      ${requestedAt.toISOString()}::timestamptz, ${expiresAt.toISOString()}::timestamptz)
    on conflict (user_id, purpose) do update set request_id = excluded.request_id, email = excluded.email, hashes = '{}',
      requested_at = excluded.requested_at, expires_at = excluded.expires_at, ended_at = null
    where t.requested_at < excluded.requested_at`
  return requestId
}
