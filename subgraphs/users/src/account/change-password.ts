import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { choosePassword } from '../password/choose-password.ts'
import type { UsersRequest } from './users-request.ts'
import { endSessions } from '../session/end-sessions.ts'
import { revokeTokens } from '../token/revoke-tokens.ts'
import { confirmPassword } from './confirm-password.ts'
import { findOwnAccount } from './find-own-account.ts'
import { holdAccount } from './hold-account.ts'
import type { User } from './user.ts'

/**
 * Sets another password for one's own account, ends every session but the asking one and takes back the links that were
 * sent before. Of two changes at once one wins, and the other is refused.
 */
export async function changePassword(
  request: UsersRequest,
  userId: string,
  currentPassword: string,
  newPassword: string,
): Promise<User> {
  const { db, jobs, viewer, now } = request
  const { sessionId } = viewer
  const account = await confirmPassword(request, userId, currentPassword)
  const passwordHash = await choosePassword(newPassword, ['newPassword'], account)
  const at = now()
  await tellingTransaction(request, async (tx) => {
    await holdAccount(tx, account)
    await tx.user.update({ where: { id: userId }, data: { passwordHash } })
    await revokeTokens(tx, userId, at)
    await endSessions(tx, request, userId, { except: sessionId, now: at })
    await enqueueMails(jobs, tx, { kind: 'password-changed', userId, email: account.email })
    await recordSecurityEvent(tx, viewer, { kind: 'PASSWORD_CHANGED', userId, sessionId, at })
  })
  return findOwnAccount(db, userId)
}
