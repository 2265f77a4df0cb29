import { Refused } from '@cartograph/error-catalogue'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import type { Database } from '../database.ts'
import { forgetAttempts } from '../limit/forget-attempts.ts'
import { passwordTries } from '../limit/limits.ts'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { choosePassword } from '../password/choose-password.ts'
import { endSessions } from '../session/end-sessions.ts'
import { findToken } from '../token/find-token.ts'
import { revokeTokens } from '../token/revoke-tokens.ts'
import { invalidToken } from '../token/token-refusals.ts'
import { useToken } from '../token/use-token.ts'
import type { UsersRequest } from './users-request.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/**
 * Sets a new password by the link that was sent for it, ends every session, takes back all other links and marks the
 * address as verified: the mail has reached its owner. Signs nobody in. A password that is refused leaves the link as
 * good as it was; of two uses at once one wins.
 */
export async function resetPassword(request: UsersRequest, token: string, newPassword: string): Promise<User> {
  const { db, jobs, viewer, now } = request
  const at = now()
  const { userId } = await findToken(db, 'RESET_PASSWORD', token, at)
  const passwordHash = await choosePassword(newPassword, ['newPassword'], await holderOf(db, userId))
  await tellingTransaction(request, async (tx) => {
    const { email } = await useToken(tx, 'RESET_PASSWORD', token, at)
    await tx.user.update({ where: { id: userId }, data: { passwordHash, emailVerifiedAt: at } })
    await revokeTokens(tx, userId, at)
    // Who reads the mails is no guesser, and must not be kept out by one.
    await forgetAttempts(tx, passwordTries, email)
    await endSessions(tx, request, userId, { now: at })
    await enqueueMails(jobs, tx, { kind: 'password-changed', userId, email })
    await recordSecurityEvent(tx, viewer, { kind: 'PASSWORD_RESET', userId, at })
  })
  return holderOf(db, userId)
}

/** An account may be erased while its owner follows a link. */
async function holderOf(db: Database, userId: string): Promise<User> {
  const [user] = await findUsers(db, [userId])
  if (!user) throw new Refused([invalidToken])
  return user
}
