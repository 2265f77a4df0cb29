import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isOwnFolder, isReachable, type Account } from './account.ts'

/**
 * A folder of ours outside the checkout which the account can enter, for checkouts it cannot reach (a clone under a
 * home with mode 700). In the account's home if it has one, so that it outlives a reboot, else in the temp folder.
 */
export function reachableFolder(account: Account): string {
  const places = [account.home, os.tmpdir()].filter((place) => path.isAbsolute(place) && place !== '/')
  for (const place of places) {
    const folder = path.join(place, 'cartograph-postgres')
    try {
      mkdirSync(folder, { mode: 0o755 })
    } catch {
      // It exists, or cannot be made here: both are judged below.
    }
    if (isOwnFolder(folder) && isReachable(folder, account)) return folder
  }
  throw new Error(`Found no folder that uid ${account.uid} can reach, in ${places.join(' or ')}`)
}
