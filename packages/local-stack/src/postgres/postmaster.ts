import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** What a postmaster says of itself in its pid file. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly status: 'starting' | 'stopping' | 'ready' | 'standby' | undefined
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The pid file's content, undefined without one. The process it names may be gone; pid 0 means a file without one. */
export function readPidFile(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]) || 0, port: Number(lines[3]), status: lines[7]?.trim() as Postmaster['status'] }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whether the pid is a living postmaster of this cluster: not a zombie, and not another process with that pid. */
export function isPostmaster(pid: number, cluster: string): boolean {
  return pid > 0 && isAlive(pid) && commandLine(pid).includes(` -D ${realpathSync(cluster)} `)
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/**
 * Removes a pid file that names no postmaster of this cluster. PostgreSQL itself goes by the pid alone and refuses to
 * start when another process, or a zombie nobody reaps, has it now. Should a postmaster have written the file
 * meanwhile, it is put back; backends that outlive their postmaster still block a start by their shared memory.
 */
export function discardStalePidFile(cluster: string): void {
  const file = path.join(cluster, 'postmaster.pid')
  const aside = path.join(cluster, `postmaster.pid.stale-${process.pid}`)
  try {
    const before = readPidFile(cluster)
    if (!before || isPostmaster(before.pid, cluster)) return
    // A file without a pid is either being written this moment, or what a crash left of it.
    if (!before.pid && Date.now() - statSync(file).mtimeMs < 1000) return
    renameSync(file, aside)
    const now = Number(readFileSync(aside, 'utf8').split('\n')[0])
    if (now !== before.pid && isPostmaster(now, cluster)) linkSync(aside, file)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/**
 * Ends a postmaster by a fast shutdown (sessions are cut, everything is flushed) and resolves when it is gone. One that
 * has not ended after 30 s is told to end at once, to recover at the next start.
 */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  const patience = Date.now() + 30_000
  let signal: 'SIGINT' | 'SIGQUIT' | undefined
  while (isPostmaster(pid, cluster)) {
    const next = Date.now() < patience ? 'SIGINT' : 'SIGQUIT'
    if (next !== signal) process.kill(pid, next)
    signal = next
    await pause(10)
  }
}
