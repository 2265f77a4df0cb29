import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Account } from './account.ts'
import { readPidFile, type Postmaster } from './postmaster.ts'
import { logSize, logTail, openServerLog } from './server-log.ts'

export interface LaunchPostmaster {
  readonly dataDir: string
  readonly cluster: string
  readonly postgres: string
  readonly args: readonly string[]
  readonly account: Account | undefined
  readonly deadline: number
}

/** Passing: the reason goes away by itself, so trying again makes sense. */
export type Launch = { readonly server: Postmaster } | { readonly passing: boolean; readonly reason: string }

// Another process starts the same cluster, backends of a killed postmaster are still ending, or the port was taken
// after it was found free.
const passingReasons =
  /lock file .* (already exists|is empty)|pre-existing shared memory block|could not create any TCP\/IP sockets/

/** Runs a postmaster in a session of its own, so that Ctrl-C reaches only us, and waits until it takes connections. */
export async function launchPostmaster(launch: LaunchPostmaster): Promise<Launch> {
  const { dataDir, cluster, postgres, args, account, deadline } = launch
  const log = openServerLog(dataDir)
  const logStart = logSize(dataDir)
  const ids = account && { uid: account.uid, gid: account.gid }
  const child = spawn(postgres, args, { ...ids, env: ownEnvironment(), stdio: ['ignore', log, log], detached: true })
  closeSync(log)
  let failure: Error | undefined
  child.on('error', (error) => (failure = error))
  child.unref()
  while (Date.now() < deadline) {
    if (failure) return { passing: false, reason: failure.message }
    if (child.exitCode !== null || child.signalCode !== null) {
      const reason = logTail(dataDir, logStart)
      return { passing: passingReasons.test(reason), reason }
    }
    const server = readPidFile(cluster)
    if (server?.pid === child.pid && server?.status === 'ready') return { server }
    await pause(5)
  }
  child.kill('SIGQUIT')
  return { passing: false, reason: `not ready in time\n${logTail(dataDir, logStart)}` }
}

/** PGPORT, PGDATA and their like would change the server's settings behind our back. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')))
}
