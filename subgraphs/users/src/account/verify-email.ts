import { Refused } from '@cartograph/error-catalogue'
import { useToken } from '../token/use-token.ts'
import { invalidToken } from '../token/token-refusals.ts'
import type { UsersRequest } from './users-request.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/**
 * Marks the address of an account as its owner's, by the link that was sent there. A link works once, also when it is
 * followed twice at once, and for the address it was sent to alone.
 */
export async function verifyEmail({ db, now }: Pick<UsersRequest, 'db' | 'now'>, token: string): Promise<User> {
  const at = now()
  const userId = await db.$transaction(async (tx) => {
    const holder = await useToken(tx, 'VERIFY_EMAIL', token, at)
    const { count } = await tx.user.updateMany({
      where: { id: holder.userId, email: holder.email },
      data: { emailVerifiedAt: at },
    })
    if (count === 0) throw new Refused([invalidToken])
    return holder.userId
  })
  return (await findUsers(db, [userId]))[0]!
}
