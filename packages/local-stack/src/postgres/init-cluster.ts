import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isReachable, type Account } from './account.ts'
import { isAlive } from './postmaster.ts'
import { reachableFolder } from './reachable-folder.ts'

export interface InitCluster {
  readonly dataDir: string
  readonly initdb: string
  readonly account: Account | undefined
  readonly secret: string
  readonly ephemeral: boolean
}

/**
 * Makes `<dataDir>/cluster` if it is not there. The cluster appears complete or not at all: what a killed initdb left
 * is removed by the next call, and of two calls at once one wins.
 */
export async function initCluster({ dataDir, initdb, account, secret, ephemeral }: InitCluster): Promise<void> {
  const cluster = path.join(dataDir, 'cluster')
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return
  const reachable = !account || isReachable(dataDir, account)
  const base = reachable ? dataDir : ephemeral ? os.tmpdir() : reachableFolder(account)
  removeAbandoned(base)
  const draft = mkdtempSync(path.join(base, `init-${process.pid}-`))
  try {
    const passwordFile = path.join(draft, 'password')
    writeFileSync(passwordFile, `${secret}\n`, { mode: 0o600 })
    if (account) for (const place of [draft, passwordFile]) chownSync(place, account.uid, account.gid)
    await run(
      initdb,
      [
        `--pgdata=${path.join(draft, 'cluster')}`,
        `--pwfile=${passwordFile}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        '--no-instructions',
        ...localeArguments,
        ...(ephemeral ? ['--no-sync'] : []),
      ],
      account,
    )
    rmSync(passwordFile)
    publish(draft, cluster, reachable)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(path.join(cluster, 'PG_VERSION'))) throw error
  }
}

// The builtin provider sorts and folds alike on every system; the character classes that pg_trgm uses still come from
// the C library, and under plain C it would drop every letter beyond ASCII.
const localeArguments = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
]

function publish(draft: string, cluster: string, reachable: boolean): void {
  if (reachable) {
    renameSync(path.join(draft, 'cluster'), cluster)
    rmSync(draft, { recursive: true })
    return
  }
  // The account cannot walk to the data folder: the cluster lives elsewhere and the data folder says where.
  const home = draft.replace(/init-\d+-(\w+)$/, 'cluster-$1')
  mkdirSync(home, { mode: 0o755 })
  renameSync(path.join(draft, 'cluster'), path.join(home, 'cluster'))
  rmSync(draft, { recursive: true })
  if (!existsSync(cluster)) rmSync(cluster, { force: true })
  try {
    symlinkSync(path.join(home, 'cluster'), cluster)
  } catch (error) {
    rmSync(home, { recursive: true })
    throw error
  }
}

function removeAbandoned(base: string): void {
  for (const name of readdirSync(base)) {
    const pid = /^init-(\d+)-\w{6}$/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) rmSync(path.join(base, name), { recursive: true, force: true })
  }
}

async function run(command: string, args: string[], account: Account | undefined): Promise<void> {
  const ids = account && { uid: account.uid, gid: account.gid }
  const child = spawn(command, args, { ...ids, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (code !== 0) throw new Error(`${path.basename(command)} ended with ${code ?? signal}: ${stderr.trim()}`)
}
