import { Refused } from '@cartograph/error-catalogue'
import { mailQueue } from '@cartograph/mail'
import { isUniqueViolation } from '@cartograph/service-runtime'
import type { Viewer } from '@cartograph/viewer'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { endSessions } from '../session/end-sessions.ts'
import { revokeTokens } from '../token/revoke-tokens.ts'
import { useToken } from '../token/use-token.ts'
import { emailTaken } from './account-refusals.ts'
import type { AccountServices } from './account-services.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/**
 * Gives an account the address that the link was sent to, verified by that, ends every session but the asking one and
 * takes back the links that the old address was sent. Refused when the address has got an account meanwhile, which who
 * reads its mails may know; then the link stays as good as it was.
 */
export async function changeEmail(
  { db, jobs, now }: AccountServices,
  { userId: viewerId, sessionId }: Pick<Viewer, 'userId' | 'sessionId'>,
  token: string,
): Promise<User> {
  const at = now()
  try {
    const id = await db.$transaction(async (tx) => {
      const { userId, email } = await useToken(tx, 'CHANGE_EMAIL', token, at)
      const before = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } })
      await tx.user.update({ where: { id: userId }, data: { email, emailVerifiedAt: at } })
      await revokeTokens(tx, userId, at)
      await endSessions(tx, userId, { except: viewerId === userId ? sessionId : null, now: at })
      await enqueueMails(jobs, tx, { kind: 'email-changed', userId, email: before.email })
      return userId
    })
    jobs.wake(mailQueue)
    return (await findUsers(db, [id]))[0]!
  } catch (error) {
    if (isUniqueViolation(error, 'user_account_email_key')) throw new Refused([emailTaken(['token'])])
    throw error
  }
}
