import { mailQueue } from '@cartograph/mail'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { requestToken } from '../token/request-token.ts'
import type { AccountServices } from './account-services.ts'
import { findOwnAccount } from './find-own-account.ts'
import type { User } from './user.ts'

/** Has another link be sent to the address of one's own account, in place of the last; nothing for a verified one. */
export async function requestEmailVerification(services: AccountServices, userId: string): Promise<User> {
  const { db, jobs, now } = services
  const user = await findOwnAccount(db, userId)
  if (user.emailVerified) return user
  await db.$transaction(async (tx) => {
    const request = { userId, email: user.email, purpose: 'VERIFY_EMAIL', requestedAt: now() } as const
    await enqueueMails(jobs, tx, { kind: 'email-verification', requestId: await requestToken(tx, request) })
  })
  jobs.wake(mailQueue)
  return user
}
