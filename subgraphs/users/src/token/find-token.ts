import { Refused } from '@cartograph/error-catalogue'
import type { Database } from '../database.ts'
import { hashOfToken, type TokenHolder, type TokenPurpose } from './one-time-token.ts'
import { invalidToken } from './token-refusals.ts'

/** Whose a token is, without using it. Refuses one that is of no use: whoever tries many learns the same of all. */
export async function findToken(db: Database, purpose: TokenPurpose, token: string, now: Date): Promise<TokenHolder> {
  const [holder] = await db.$queryRaw<TokenHolder[]>`
    select user_id as "userId", email from one_time_token
    where purpose = ${purpose}::"TokenPurpose" and hashes @> array[${hashOfToken(token)}::bytea]
      and ended_at is null and expires_at > ${now.toISOString()}::timestamptz`
  if (!holder) throw new Refused([invalidToken])
  return holder
}
