import { mailsToAddress } from '../limit/limits.ts'
import { takeAttempt } from '../limit/take-attempt.ts'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { requestToken } from '../token/request-token.ts'
import type { UsersRequest } from './users-request.ts'
import { findOwnAccount } from './find-own-account.ts'
import type { User } from './user.ts'

/** Has another link be sent to the address of one's own account, in place of the last; nothing for a verified one. */
export async function requestEmailVerification(request: UsersRequest, userId: string): Promise<User> {
  const { db, jobs, now } = request
  const user = await findOwnAccount(db, userId)
  if (user.emailVerified) return user
  await takeAttempt(request, mailsToAddress, user.email, userId)
  await tellingTransaction(request, async (tx) => {
    const wanted = { userId, email: user.email, purpose: 'VERIFY_EMAIL', requestedAt: now() } as const
    await enqueueMails(jobs, tx, { kind: 'email-verification', requestId: await requestToken(tx, wanted) })
  })
  return user
}
