import { notFound, Refused } from '@cartograph/error-catalogue'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import type { UsersRequest } from './users-request.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/** Opens an account again that was disabled. Its sessions have ended for good; of an open one nothing changes. */
export async function enableUser({ db, viewer, now }: UsersRequest, userId: string): Promise<User> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: userId, disabledAt: { not: null } },
      data: { disabledAt: null },
    })
    if (count > 0) await recordSecurityEvent(tx, viewer, { kind: 'ACCOUNT_ENABLED', userId, at: now() })
  })
  const [user] = await findUsers(db, [userId])
  if (!user) throw new Refused([notFound('The account does not exist.', ['userId'])])
  return user
}
