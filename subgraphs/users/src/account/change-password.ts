import { mailQueue } from '@cartograph/mail'
import type { Viewer } from '@cartograph/viewer'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { choosePassword } from '../password/choose-password.ts'
import { endSessions } from '../session/end-sessions.ts'
import { revokeTokens } from '../token/revoke-tokens.ts'
import type { AccountServices } from './account-services.ts'
import { confirmPassword } from './confirm-password.ts'
import { findOwnAccount } from './find-own-account.ts'
import { holdAccount } from './hold-account.ts'
import type { User } from './user.ts'

/**
 * Sets another password for one's own account, ends every session but the asking one and takes back the links that were
 * sent before. Of two changes at once one wins, and the other is refused.
 */
export async function changePassword(
  services: AccountServices,
  userId: string,
  { sessionId }: Pick<Viewer, 'sessionId'>,
  currentPassword: string,
  newPassword: string,
): Promise<User> {
  const { db, jobs, now } = services
  const account = await confirmPassword(db, userId, currentPassword)
  const passwordHash = await choosePassword(newPassword, ['newPassword'], account)
  const at = now()
  await db.$transaction(async (tx) => {
    await holdAccount(tx, account)
    await tx.user.update({ where: { id: userId }, data: { passwordHash } })
    await revokeTokens(tx, userId, at)
    await endSessions(tx, userId, { except: sessionId, now: at })
    await enqueueMails(jobs, tx, { kind: 'password-changed', userId, email: account.email })
  })
  jobs.wake(mailQueue)
  return findOwnAccount(db, userId)
}
