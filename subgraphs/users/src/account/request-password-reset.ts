import { refuseIfAny } from '@cartograph/error-catalogue'
import { mailQueue } from '@cartograph/mail'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { checkEmail, normalizedEmail } from './account-rules.ts'
import type { AccountServices } from './account-services.ts'

/**
 * Has a link be sent with which whoever reads the mails of an address chooses a new password. Whether there is an
 * account is looked up by the job that writes the mail: this has no way to, and so does the same for every address and
 * takes as long (OWASP Forgot Password Cheat Sheet).
 */
export async function requestPasswordReset(
  { jobs, now }: Pick<AccountServices, 'jobs' | 'now'>,
  address: string,
): Promise<void> {
  const email = normalizedEmail(address)
  refuseIfAny(checkEmail(email, ['email']))
  await enqueueMails(jobs, null, { kind: 'password-reset', email, requestedAt: now().toISOString() })
  jobs.wake(mailQueue)
}
