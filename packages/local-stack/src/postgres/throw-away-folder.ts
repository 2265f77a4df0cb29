import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isAlive } from './postmaster.ts'
import { stopPostgres } from './stop-postgres.ts'

const memory = '/dev/shm'
const neededBytes = 2 * 1024 ** 3

/**
 * A new folder for a cluster that is thrown away, in memory where there is room: a clone of a template is a few hundred
 * new files, which take a disk up to half a second and memory 20 ms.
 */
export function throwAwayFolder(): string {
  return mkdtempSync(path.join(hasRoom(memory) ? memory : os.tmpdir(), `cartograph-test-${process.pid}-`))
}

/** Stops and removes what test runs that were killed have left behind. */
export async function removeAbandonedFolders(): Promise<void> {
  for (const place of new Set([memory, os.tmpdir()].filter(isThere))) {
    for (const name of readdirSync(place)) {
      const pid = /^cartograph-test-(\d+)-\w{6}$/.exec(name)?.[1]
      if (pid && !isAlive(Number(pid))) await removeWithServer(path.join(place, name))
    }
  }
}

/** Stops the cluster in a folder, or that of the shop in it, if it runs, and removes the folder. */
export async function removeWithServer(folder: string): Promise<void> {
  await stopPostgres(folder)
  await stopPostgres(path.join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
}

function isThere(place: string): boolean {
  try {
    return readdirSync(place) !== undefined
  } catch {
    return false
  }
}

function hasRoom(place: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(place)
    return bavail * bsize > neededBytes
  } catch {
    return false
  }
}
