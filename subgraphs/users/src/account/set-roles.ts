import { notFound, Refused } from '@cartograph/error-catalogue'
import type { Role } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/** Replaces somebody's roles; CUSTOMER is always one of them. Takes effect with the next access token. */
export async function setRoles(db: Database, userId: string, roles: readonly Role[]): Promise<User> {
  const { count } = await db.user.updateMany({
    where: { id: userId },
    data: { roles: [...new Set<Role>(['CUSTOMER', ...roles])] },
  })
  if (count === 0) throw new Refused([notFound('The account does not exist.', ['userId'])])
  return (await findUsers(db, [userId]))[0]!
}
