import { Refused, type UserErrorData } from '@cartograph/error-catalogue'
import { normalizedEmail } from '../account/account-rules.ts'
import { findUsers } from '../account/find-users.ts'
import { rehashPassword } from '../password/rehash-password.ts'
import { openSession } from './open-session.ts'
import { isPasswordOf } from './password.ts'
import type { SessionServices, SignedInSession } from './session.ts'

/** Opens a session for the right password. Takes as long, and says the same, for a wrong one as for an unknown address. */
export async function signIn(services: SessionServices, email: string, password: string): Promise<SignedInSession> {
  const account = await services.db.user.findUnique({
    where: { email: normalizedEmail(email) },
    select: { id: true, passwordHash: true },
  })
  const right = await isPasswordOf(account?.passwordHash ?? null, password.slice(0, 1_000))
  if (!account || !right) throw new Refused([invalidCredentials])
  await rehashPassword(services.db, account, password)
  return openSession(services, (await findUsers(services.db, [account.id]))[0]!)
}

const invalidCredentials: UserErrorData = {
  __typename: 'InvalidCredentialsError',
  code: 'INVALID_CREDENTIALS',
  message: 'The e-mail address and the password do not belong together.',
  path: null,
}
