import { listLoaderOf, loaderOf } from '@cartograph/service-runtime'
import { findUsers } from './account/find-users.ts'
import { findAddresses, findAddressesOfUsers } from './address/find-addresses.ts'
import type { Database } from './database.ts'
import { findLiveSessions } from './session/find-live-sessions.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** One request's loaders: whatever a list's items ask for in one tick is one statement. */
export function createLoaders(db: Database, now: () => Date) {
  return {
    user: loaderOf(
      (ids) => findUsers(db, ids),
      (user) => user.id,
    ),
    address: loaderOf(
      (ids) => findAddresses(db, ids),
      (address) => address.id,
    ),
    addressesOfUser: listLoaderOf(
      (ids) => findAddressesOfUsers(db, ids),
      (address) => address.userId,
    ),
    sessionsOfUser: listLoaderOf(
      (ids) => findLiveSessions(db, ids, now()),
      (session) => session.userId,
    ),
  }
}
