import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'

/** The operating system account PostgreSQL runs as when this process is root. */
export interface Account {
  readonly uid: number
  readonly gid: number
  readonly home: string
}

function passwdAccounts(): Map<string, Account> {
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  return new Map(
    rows.map(([name = '', , uid, gid, , home = '']) => [name, { uid: Number(uid), gid: Number(gid), home }]),
  )
}

/**
 * The account for a cluster: its owner if it exists, else `postgres`, else `nobody`; undefined when this process is
 * not root and can run PostgreSQL itself. Throws when root has no such account.
 */
export function accountFor(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = passwdAccounts()
  if (existsSync(cluster)) {
    const owner = statSync(cluster)
    const home = [...accounts.values()].find(({ uid }) => uid === owner.uid)?.home ?? ''
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, home }
  }
  const account = accounts.get('postgres') ?? accounts.get('nobody')
  if (!account) throw new Error('PostgreSQL does not run as root, and there is no account "postgres" or "nobody"')
  return account
}

/** Whether the account can walk to a file or folder and enter or execute it; always true without an account. */
export function isReachable(target: string, account: Account | undefined): boolean {
  if (!account) return true
  for (let place = realpathSync(target); ; place = path.dirname(place)) {
    const { uid, gid, mode } = statSync(place)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (place === path.dirname(place)) return true
  }
}

/** Whether a folder is there and belongs to this process's user, so that nobody else put it in a shared place. */
export function isOwnFolder(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found !== undefined && found.isDirectory() && found.uid === process.getuid?.()
}
