import type { Database } from '../database.ts'
import { type User, userColumns } from './user.ts'

/** The accounts with these ids, in no order; unknown ids are left out. */
export async function findUsers(db: Database, ids: readonly string[]): Promise<User[]> {
  return db.$queryRaw<User[]>`select ${userColumns} from user_account u where u.id = any(${ids}::uuid[])`
}
