import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { isPostmaster } from './postmaster.ts'

/**
 * Ends the sessions that outlive a killed postmaster of this cluster: one that computes without waiting does not
 * notice, and blocks every start until it is done. Recovery undoes what it had not committed. Linux only: elsewhere
 * a start waits for it.
 */
export function endOrphans(cluster: string): void {
  if (process.platform !== 'linux') return
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && isOrphan(name, cluster)) end(Number(name))
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function isOrphan(pid: string, cluster: string): boolean {
  try {
    if (readlinkSync(`/proc/${pid}/cwd`) !== cluster) return false
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('postgres: ')) return false
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return parent !== undefined && !isPostmaster(Number(parent), cluster)
  } catch {
    // It ended meanwhile, or is somebody else's.
    return false
  }
}
