import { Refused, requestError } from '@cartograph/error-catalogue'
import type { Database } from '../database.ts'
import { isPasswordOf } from '../session/password.ts'
import { wrongPassword } from './account-refusals.ts'

/** The account of somebody who has just shown that it is theirs. */
export interface ConfirmedAccount {
  readonly id: string
  readonly email: string
  readonly displayName: string
  /** As it was when the password was verified: what changes the account must find it unchanged. */
  readonly passwordHash: string
}

/**
 * One's own account, by its password: an access token alone, which may be stolen, changes nothing that keeps its owner
 * in. Refuses a wrong one; throws UNAUTHENTICATED when the account is erased.
 */
export async function confirmPassword(db: Database, userId: string, password: string): Promise<ConfirmedAccount> {
  const account = await db.user.findUnique({
    where: { id: userId },
    select: { id: true, email: true, displayName: true, passwordHash: true },
  })
  const isRight = await isPasswordOf(account?.passwordHash ?? null, password.slice(0, 1_000))
  if (!account) throw requestError('UNAUTHENTICATED', 'The account does not exist any more.')
  const { passwordHash } = account
  if (!isRight || passwordHash === null) throw new Refused([wrongPassword])
  return { ...account, passwordHash }
}
