import { Refused } from '@cartograph/error-catalogue'
import { isUniqueViolation } from '@cartograph/service-runtime'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { endSessions } from '../session/end-sessions.ts'
import { revokeTokens } from '../token/revoke-tokens.ts'
import { useToken } from '../token/use-token.ts'
import { emailTaken } from './account-refusals.ts'
import { keepStaffAddress } from './keep-staff-address.ts'
import type { UsersRequest } from './users-request.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/**
 * Gives an account the address that the link was sent to, verified by that, ends every session but the asking one and
 * takes back the links that the old address was sent. Refused when the address has got an account meanwhile, which who
 * reads its mails may know; then the link stays as good as it was.
 */
export async function changeEmail(request: UsersRequest, token: string): Promise<User> {
  const { db, jobs, viewer, now } = request
  const at = now()
  try {
    const id = await tellingTransaction(request, async (tx) => {
      const { userId, email } = await useToken(tx, 'CHANGE_EMAIL', token, at)
      const before = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, roles: true } })
      keepStaffAddress(request, before.roles, ['token'])
      await tx.user.update({ where: { id: userId }, data: { email, emailVerifiedAt: at } })
      await revokeTokens(tx, userId, at)
      const except = viewer.userId === userId ? viewer.sessionId : null
      await endSessions(tx, request, userId, { except, now: at })
      await enqueueMails(jobs, tx, { kind: 'email-changed', userId, email: before.email })
      await recordSecurityEvent(tx, viewer, { kind: 'EMAIL_CHANGED', userId, at })
      return userId
    })
    return (await findUsers(db, [id]))[0]!
  } catch (error) {
    if (isUniqueViolation(error, 'user_account_email_key')) throw new Refused([emailTaken(['token'])])
    throw error
  }
}
