import { invalidInput, notFound, Refused } from '@cartograph/error-catalogue'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { endSessions } from '../session/end-sessions.ts'
import type { UsersRequest } from './users-request.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/**
 * Shuts an account: it cannot be signed in to, and its sessions end. Refuses one's own, so that whoever shuts others out
 * does not shut out the last who could let them in. Of one that is shut already nothing changes. A sign-in at the same
 * moment comes first and ends, or is refused (`openSession`).
 */
export async function disableUser(request: UsersRequest, userId: string): Promise<User> {
  const { db, viewer, now } = request
  if (viewer.userId === userId) throw new Refused([invalidInput('You cannot disable your own account.', ['userId'])])
  const at = now()
  await tellingTransaction(request, async (tx) => {
    const { count } = await tx.user.updateMany({ where: { id: userId, disabledAt: null }, data: { disabledAt: at } })
    if (count === 0) return
    await endSessions(tx, request, userId, { now: at })
    await recordSecurityEvent(tx, viewer, { kind: 'ACCOUNT_DISABLED', userId, at })
  })
  const [user] = await findUsers(db, [userId])
  if (!user) throw new Refused([notFound('The account does not exist.', ['userId'])])
  return user
}
