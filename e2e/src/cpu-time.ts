import { readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import type { Stack } from '@cartograph/local-stack'

/** CPU seconds by who used them: each service of the shop, its database server, this process, and the whole machine. */
export type CpuTime = Readonly<Record<string, number>>

/** What was used until now. On Linux from /proc; elsewhere services and postgres are 0. */
export function cpuTimeOf({ pids, postgres }: Pick<Stack, 'pids' | 'postgres'>): CpuTime {
  const { user, system } = process.cpuUsage()
  const busyMs = os.cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
  const processes = process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []
  const stats = new Map(processes.map((pid) => [Number(pid), statOf(pid)]))
  const backends = [...stats].filter(([pid, stat]) => pid === postgres.pid || stat?.parent === postgres.pid)
  return {
    ...Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, stats.get(pid)?.seconds ?? 0])),
    postgres: backends.reduce((sum, [, stat]) => sum + (stat?.seconds ?? 0), 0),
    client: (user + system) / 1e6,
    machine: busyMs / 1000,
  }
}

/** What was used from one moment to another, in words. */
export function cpuTimeBetween(before: CpuTime, after: CpuTime): string {
  const used = Object.entries(after).map(([name, seconds]) => `${name} ${(seconds - before[name]!).toFixed(2)}`)
  return `CPU seconds: ${used.join(', ')} (with what others did meanwhile) on ${os.availableParallelism()} cores`
}

/** The CPU seconds of a process, with all its threads, until now; 0 where there is no /proc. */
export const cpuSecondsOf = (pid: number): number => statOf(String(pid))?.seconds ?? 0

function statOf(pid: string): { parent: number; seconds: number } | null {
  try {
    // The second field is the command in parentheses, which may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number)
    // Hundredths of a second, on every architecture (proc(5)).
    return { parent: fields[1]!, seconds: (fields[11]! + fields[12]!) / 100 }
  } catch {
    // It has ended since it was listed.
    return null
  }
}
