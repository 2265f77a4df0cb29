import type { Database } from '../database.ts'
import { type Address, addressColumns } from './address.ts'

export async function findAddresses(db: Database, ids: readonly string[]): Promise<Address[]> {
  return db.$queryRaw<Address[]>`select ${addressColumns} from address a where a.id = any(${ids}::uuid[])`
}

/** The addresses of these users, the default one first and then in the order they were added. */
export async function findAddressesOfUsers(db: Database, userIds: readonly string[]): Promise<Address[]> {
  return db.$queryRaw<Address[]>`
    select ${addressColumns} from address a where a.user_id = any(${userIds}::uuid[])
    order by a.user_id, a.is_default desc, a.created_at, a.id`
}
