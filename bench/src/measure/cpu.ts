import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts CPU time in hundredths of a second for every architecture it exports this file on (proc(5)). */
const msPerTick = 10

interface Stat {
  readonly parent: number
  readonly own: number
  readonly ended: number
}

function statOf(pid: number): Stat | null {
  try {
    // The second field is the command in parentheses, which may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number)
    return {
      parent: fields[1]!,
      own: (fields[11]! + fields[12]!) * msPerTick,
      ended: (fields[13]! + fields[14]!) * msPerTick,
    }
  } catch {
    return null
  }
}

/** CPU milliseconds, user and system, that a process has used with its threads. */
export function cpuOf(pid: number): number {
  return statOf(pid)?.own ?? 0
}

/** The same of a process with all its children, also those that have ended: a postmaster and its backends. */
export function cpuOfTree(pid: number): number {
  const parent = statOf(pid)
  if (!parent) return 0
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.parent === pid)
  return parent.own + parent.ended + children.reduce((sum, stat) => sum + (stat?.own ?? 0), 0)
}

/** Resident memory of a process in MiB. */
export function residentMiB(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib ?? 0) / 1024
}
