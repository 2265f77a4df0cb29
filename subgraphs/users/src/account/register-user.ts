import { Refused, refuseIfAny, type UserErrorData } from '@cartograph/error-catalogue'
import { isUniqueViolation } from '@cartograph/service-runtime'
import type { PrismaClient } from '../database.ts'
import { hashPassword } from '../session/password.ts'
import { checkDisplayName, checkEmail, checkPassword, normalizedEmail } from './account-rules.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/** Opens an account. Refuses an address that has one, also when two register it at once. */
export async function registerUser(
  db: PrismaClient,
  input: { email: string; password: string; displayName: string },
  now: Date,
): Promise<User> {
  const email = normalizedEmail(input.email)
  const problems = [
    ...checkEmail(email, ['input', 'email']),
    ...checkPassword(input.password, ['input', 'password']),
    ...checkDisplayName(input.displayName, ['input', 'displayName']),
  ]
  refuseIfAny(problems)
  const passwordHash = await hashPassword(input.password)
  try {
    const { id } = await db.user.create({
      data: { email, passwordHash, displayName: input.displayName.trim(), createdAt: now },
      select: { id: true },
    })
    return (await findUsers(db, [id]))[0]!
  } catch (error) {
    if (isUniqueViolation(error, 'user_account_email_key')) throw new Refused([emailTaken])
    throw error
  }
}

const emailTaken: UserErrorData = {
  __typename: 'EmailTakenError',
  code: 'EMAIL_TAKEN',
  message: 'There is an account with this e-mail address already.',
  path: ['input', 'email'],
}
