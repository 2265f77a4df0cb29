import { Refused, refuseIfAny } from '@cartograph/error-catalogue'
import { isUniqueViolation } from '@cartograph/service-runtime'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { checkPassword } from '../password/check-password.ts'
import { hashPassword } from '../session/password.ts'
import { requestToken } from '../token/request-token.ts'
import { checkDisplayName, checkEmail, normalizedEmail } from './account-rules.ts'
import { emailTaken } from './account-refusals.ts'
import type { UsersServices } from './users-request.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/**
 * Opens an account and has a link be sent that verifies its address. Refuses an address that has an account, also when
 * two register it at once; then nothing is sent.
 */
export async function registerUser(
  services: UsersServices,
  input: { email: string; password: string; displayName: string },
): Promise<User> {
  const { db, jobs, now } = services
  const [email, displayName] = [normalizedEmail(input.email), input.displayName.trim()]
  refuseIfAny([
    ...checkEmail(email, ['input', 'email']),
    ...(await checkPassword(input.password, ['input', 'password'], { email, displayName })),
    ...checkDisplayName(displayName, ['input', 'displayName']),
  ])
  const passwordHash = await hashPassword(input.password)
  const requestedAt = now()
  try {
    const userId = await tellingTransaction(services, async (tx) => {
      const data = { email, passwordHash, displayName, createdAt: requestedAt }
      const { id } = await tx.user.create({ data, select: { id: true } })
      const requestId = await requestToken(tx, { userId: id, email, purpose: 'VERIFY_EMAIL', requestedAt })
      await enqueueMails(jobs, tx, { kind: 'email-verification', requestId })
      return id
    })
    return (await findUsers(db, [userId]))[0]!
  } catch (error) {
    if (isUniqueViolation(error, 'user_account_email_key')) throw new Refused([emailTaken(['input', 'email'])])
    throw error
  }
}
