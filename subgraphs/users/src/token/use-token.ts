import { Refused } from '@cartograph/error-catalogue'
import type { Database } from '../database.ts'
import { findToken } from './find-token.ts'
import { hashOfToken, type TokenHolder, type TokenPurpose } from './one-time-token.ts'
import { invalidToken } from './token-refusals.ts'

/**
 * Uses up a token, in the transaction of what it is used for, and answers whose it is. Of two uses at once one wins and
 * the other is refused. The account is held before its tokens are, by everybody, so that no two wait for each other.
 */
export async function useToken(tx: Database, purpose: TokenPurpose, token: string, now: Date): Promise<TokenHolder> {
  const { userId } = await findToken(tx, purpose, token, now)
  await tx.$queryRaw`select from user_account where id = ${userId}::uuid for update`
  const [holder] = await tx.$queryRaw<TokenHolder[]>`
    update one_time_token set ended_at = ${now.toISOString()}::timestamptz
    where user_id = ${userId}::uuid and purpose = ${purpose}::"TokenPurpose" and ended_at is null
      and hashes @> array[${hashOfToken(token)}::bytea]
    returning user_id as "userId", email`
  if (!holder) throw new Refused([invalidToken])
  return holder
}
