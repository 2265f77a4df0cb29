import { invalidInput, refuseIfAny } from '@cartograph/error-catalogue'
import { mailsToAddress } from '../limit/limits.ts'
import { takeAttempt } from '../limit/take-attempt.ts'
import { enqueueMails } from '../mail/enqueue-mails.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { requestToken } from '../token/request-token.ts'
import { checkEmail, normalizedEmail } from './account-rules.ts'
import type { UsersRequest } from './users-request.ts'
import { confirmPassword } from './confirm-password.ts'
import { findOwnAccount } from './find-own-account.ts'
import { keepStaffAddress } from './keep-staff-address.ts'
import { holdAccount } from './hold-account.ts'
import type { User } from './user.ts'

/**
 * Has a link be sent to the address that one's own account shall have, and a notice to the one it has. Nothing changes
 * until the link is followed. Whether the new address has an account is not looked up here and not told to the asker: the
 * mail to the address says so in place of the link.
 */
export async function requestEmailChange(
  request: UsersRequest,
  userId: string,
  currentPassword: string,
  newEmail: string,
): Promise<User> {
  const { db, jobs, now } = request
  const email = normalizedEmail(newEmail)
  refuseIfAny(checkEmail(email, ['newEmail']))
  const account = await confirmPassword(request, userId, currentPassword)
  refuseIfAny(email === account.email ? [invalidInput('Your account has this address.', ['newEmail'])] : [])
  keepStaffAddress(request, (await findOwnAccount(db, userId)).roles, ['newEmail'])
  await takeAttempt(request, mailsToAddress, email, userId)
  await tellingTransaction(request, async (tx) => {
    await holdAccount(tx, account)
    const requestId = await requestToken(tx, { userId, email, purpose: 'CHANGE_EMAIL', requestedAt: now() })
    await enqueueMails(
      jobs,
      tx,
      { kind: 'email-change', requestId },
      { kind: 'email-change-requested', userId, email: account.email },
    )
  })
  return findOwnAccount(db, userId)
}
