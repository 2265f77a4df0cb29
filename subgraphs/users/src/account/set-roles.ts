import { notFound, Refused } from '@cartograph/error-catalogue'
import type { Role } from '@cartograph/viewer'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import type { UsersRequest } from './users-request.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/** Replaces somebody's roles; CUSTOMER is always one of them. Takes effect with the next access token. */
export async function setRoles(
  { db, viewer, now }: Pick<UsersRequest, 'db' | 'viewer' | 'now'>,
  userId: string,
  roles: readonly Role[],
): Promise<User> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: userId },
      data: { roles: [...new Set<Role>(['CUSTOMER', ...roles])] },
    })
    if (count === 0) throw new Refused([notFound('The account does not exist.', ['userId'])])
    await recordSecurityEvent(tx, viewer, { kind: 'ROLES_SET', userId, at: now() })
  })
  return (await findUsers(db, [userId]))[0]!
}
