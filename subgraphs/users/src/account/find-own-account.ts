import { requestError } from '@cartograph/error-catalogue'
import type { Database } from '../database.ts'
import { findUsers } from './find-users.ts'
import type { User } from './user.ts'

/** The account of who is signed in. Throws UNAUTHENTICATED when it is erased: an access token outlives it by minutes. */
export async function findOwnAccount(db: Database, userId: string): Promise<User> {
  const [user] = await findUsers(db, [userId])
  if (!user) throw requestError('UNAUTHENTICATED', 'The account does not exist any more.')
  return user
}
