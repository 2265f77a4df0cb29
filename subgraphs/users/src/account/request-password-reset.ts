import { refuseIfAny } from '@cartograph/error-catalogue'
import { mailQueue } from '@cartograph/mail'
import { mailsToAddress } from '../limit/limits.ts'
import { takeAddressAttempt } from '../limit/take-address-attempt.ts'
import { takeAttempt } from '../limit/take-attempt.ts'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { checkEmail, normalizedEmail } from './account-rules.ts'
import type { UsersRequest } from './users-request.ts'

/**
 * Has a link be sent with which whoever reads the mails of an address chooses a new password. Whether there is an
 * account is looked up by the job that writes the mail and never here, so that this does the same for every address and
 * takes as long (OWASP Forgot Password Cheat Sheet). Limited by where it is asked from and by the address.
 */
export async function requestPasswordReset(request: UsersRequest, address: string): Promise<void> {
  const { jobs, now } = request
  await takeAddressAttempt(request)
  const email = normalizedEmail(address)
  refuseIfAny(checkEmail(email, ['email']))
  await takeAttempt(request, mailsToAddress, email)
  await enqueueMails(jobs, null, { kind: 'password-reset', email, requestedAt: now().toISOString() })
  jobs.wake(mailQueue)
}
