import { notFound, Refused } from '@cartograph/error-catalogue'
import type { Role } from '@cartograph/viewer'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { endSessions } from '../session/end-sessions.ts'
import type { UsersRequest } from './users-request.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/**
 * Replaces somebody's roles; CUSTOMER is always one of them. What is given takes effect with the next access token; who
 * loses a role is signed out everywhere at once, so that a token of before cannot give it back.
 */
export async function setRoles(request: UsersRequest, userId: string, roles: readonly Role[]): Promise<User> {
  const { db, viewer, now } = request
  const given = new Set<Role>(['CUSTOMER', ...roles])
  const at = now()
  await tellingTransaction(request, async (tx) => {
    const [before] = await tx.$queryRaw<{ roles: Role[] }[]>`
      select roles::text[] as roles from user_account where id = ${userId}::uuid for update`
    if (!before) throw new Refused([notFound('The account does not exist.', ['userId'])])
    await tx.user.update({ where: { id: userId }, data: { roles: [...given] }, select: { id: true } })
    if (before.roles.some((role) => !given.has(role))) await endSessions(tx, request, userId, { now: at })
    await recordSecurityEvent(tx, viewer, { kind: 'ROLES_SET', userId, at })
  })
  return (await findUsers(db, [userId]))[0]!
}
