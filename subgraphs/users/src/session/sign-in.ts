import { Refused } from '@cartograph/error-catalogue'
import { normalizedEmail } from '../account/account-rules.ts'
import { findUsers } from '../account/find-users.ts'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { passwordTries } from '../limit/limits.ts'
import { takeAddressAttempt } from '../limit/take-address-attempt.ts'
import { takeAttempt } from '../limit/take-attempt.ts'
import { rehashPassword } from '../password/rehash-password.ts'
import { openSession } from './open-session.ts'
import { isPasswordOf } from './password.ts'
import type { UsersRequest } from '../account/users-request.ts'
import type { SignedInSession } from './session.ts'
import { invalidCredentials } from './session-refusals.ts'

/**
 * Opens a session for the right password. Takes as long, and says the same, for a wrong one as for an unknown address
 * or a disabled account. A try is counted before the password is looked at, so that many at once get no further than
 * one after the other; there is a limit for the e-mail address, known or not, and one for where the try comes from.
 */
export async function signIn(request: UsersRequest, email: string, password: string): Promise<SignedInSession> {
  const { db, viewer, now } = request
  const address = normalizedEmail(email)
  await takeAddressAttempt(request)
  const account = await db.user.findUnique({
    where: { email: address },
    select: { id: true, passwordHash: true, disabledAt: true },
  })
  const userId = account?.id ?? null
  await takeAttempt(request, passwordTries, address, userId)
  const right = await isPasswordOf(account?.passwordHash ?? null, password.slice(0, 1_000))
  if (!account?.passwordHash || !right || account.disabledAt) {
    await recordSecurityEvent(db, viewer, { kind: 'SIGN_IN_FAILED', userId, at: now() })
    throw new Refused([invalidCredentials])
  }
  const { id, passwordHash } = account
  const currentHash = await rehashPassword(db, { id, passwordHash }, password)
  const [user] = await findUsers(db, [id])
  if (!user || currentHash === null) throw new Refused([invalidCredentials])
  return openSession(request, user, { passwordHash: currentHash })
}
