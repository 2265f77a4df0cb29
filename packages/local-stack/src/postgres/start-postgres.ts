import { chownSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { accountFor } from './account.ts'
import { locateBinaries } from './binaries.ts'
import { freePort } from './free-port.ts'
import { initCluster } from './init-cluster.ts'
import { launchPostmaster } from './launch-postmaster.ts'
import { endOrphans } from './orphans.ts'
import { discardStalePidFile, isPostmaster, readPidFile, stopPostmaster, type Postmaster } from './postmaster.ts'
import { followLog, logSize } from './server-log.ts'
import { settingArguments, type Settings } from './settings.ts'
import { superuserSecret } from './superuser-secret.ts'

const host = '127.0.0.1'

export interface StartPostgres {
  /** A folder for nothing else: the cluster, the superuser's password, the last port and the log go here. */
  readonly dataDir: string
  /** Faster, and lost at a crash: for clusters that are thrown away. */
  readonly ephemeral?: boolean
  readonly settings?: Settings
  readonly onLog?: (line: string) => void
}

export interface Postgres {
  readonly host: typeof host
  readonly port: number
  readonly pid: number
  /** The server was running already, with the settings of whoever started it. */
  readonly attached: boolean
  superuserUrl(database: string): string
  /** A fast shutdown, which resolves when the server is gone; calling it again changes nothing. */
  stop(): Promise<void>
}

const patienceMs = 60_000
const wrongPassword = '28P01'

/**
 * Starts the PostgreSQL of a data folder, making it first if need be, or attaches to the one that a killed process left
 * running; recovers after a crash. Of two calls at once one starts it and the other attaches. It outlives this process
 * unless `stop()` is called.
 */
export async function startPostgres(options: StartPostgres): Promise<Postgres> {
  const { ephemeral = false, settings = {} } = options
  // Apart from each other, because a mode counts for every folder made on the way, and the account must walk through.
  mkdirSync(path.dirname(options.dataDir), { recursive: true })
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const dataDir = realpathSync(options.dataDir)
  const account = accountFor(path.join(dataDir, 'cluster'))
  if (account) chownSync(dataDir, account.uid, account.gid)
  const { initdb, postgres } = locateBinaries(account)
  const secret = superuserSecret(dataDir)
  await initCluster({ dataDir, initdb, account, secret, ephemeral })
  const cluster = realpathSync(path.join(dataDir, 'cluster'))
  const logStart = logSize(dataDir)
  const handle = ({ pid, port }: Postmaster, attached: boolean): Postgres => {
    const endLog = options.onLog && followLog(dataDir, logStart, options.onLog)
    let stopped: Promise<void> | undefined
    return {
      host,
      port,
      pid,
      attached,
      superuserUrl: (database) => superuserUrl(secret, port, database),
      stop: () => (stopped ??= stopPostmaster(pid, cluster).then(endLog)),
    }
  }

  const deadline = Date.now() + patienceMs
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 500)) {
    const running = await runningPostmaster(cluster, secret, deadline)
    if (running) return handle(running, true)
    discardStalePidFile(cluster)
    const port = await freePort(lastPort(dataDir))
    const args = ['-D', cluster, ...settingArguments(ephemeral, settings, port)]
    const launch = await launchPostmaster({ dataDir, cluster, postgres, args, account, deadline })
    if ('server' in launch) {
      writeFileSync(path.join(dataDir, 'port'), `${port}\n`)
      return handle(launch.server, false)
    }
    if (!launch.passing || Date.now() > deadline) throw new Error(`PostgreSQL did not start:\n${launch.reason}`)
    endOrphans(cluster)
    await pause(pauseMs)
  }
}

/** The cluster's living postmaster once it takes connections; undefined when there is none, or when it has ended. */
async function runningPostmaster(cluster: string, secret: string, deadline: number): Promise<Postmaster | undefined> {
  for (;;) {
    const found = readPidFile(cluster)
    if (!found || !isPostmaster(found.pid, cluster)) return undefined
    // A postmaster that was killed this moment still looks alive.
    if (found.status === 'ready' && (await answers(superuserUrl(secret, found.port, 'postgres')))) return found
    if (Date.now() > deadline) throw new Error(`PostgreSQL (pid ${found.pid}) is still ${found.status ?? 'starting'}`)
    await pause(10)
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    if ((error as { code?: string }).code === wrongPassword) {
      throw new Error('The password in superuser.secret is not that of the cluster beside it', { cause: error })
    }
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function superuserUrl(secret: string, port: number, database: string): string {
  return `postgresql://postgres:${secret}@${host}:${port}/${encodeURIComponent(database)}`
}

function lastPort(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(path.join(dataDir, 'port'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}
