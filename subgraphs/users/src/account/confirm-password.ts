import { Refused, requestError } from '@cartograph/error-catalogue'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { forgetAttempts } from '../limit/forget-attempts.ts'
import { passwordTries } from '../limit/limits.ts'
import { takeAttempt } from '../limit/take-attempt.ts'
import type { UsersRequest } from './users-request.ts'
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
 * in. Tries are counted with those of signing in. Refuses a wrong one, and one too many; throws UNAUTHENTICATED when the
 * account is erased.
 */
export async function confirmPassword(
  request: UsersRequest,
  userId: string,
  password: string,
): Promise<ConfirmedAccount> {
  const { db, viewer, now } = request
  const account = await db.user.findUnique({
    where: { id: userId },
    select: { id: true, email: true, displayName: true, passwordHash: true },
  })
  if (!account) throw requestError('UNAUTHENTICATED', 'The account does not exist any more.')
  const { email, passwordHash } = account
  await takeAttempt(request, passwordTries, email, userId)
  const isRight = await isPasswordOf(passwordHash, password.slice(0, 1_000))
  if (!isRight || passwordHash === null) {
    const { sessionId } = viewer
    await recordSecurityEvent(db, viewer, { kind: 'PASSWORD_NOT_CONFIRMED', userId, sessionId, at: now() })
    throw new Refused([wrongPassword])
  }
  await forgetAttempts(db, passwordTries, email)
  return { ...account, passwordHash }
}
