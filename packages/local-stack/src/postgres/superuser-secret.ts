import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

/**
 * The superuser's password of a data folder, made once and kept in a file of mode 0600. It is on disk before it is
 * returned, and two processes that ask at once get the same one.
 */
export function superuserSecret(dataDir: string): string {
  const file = path.join(dataDir, 'superuser.secret')
  const draft = path.join(dataDir, `superuser.secret.${randomBytes(6).toString('hex')}`)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  writeDurably(draft, `${randomBytes(32).toString('base64url')}\n`)
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  syncFolder(dataDir)
  return readFileSync(file, 'utf8').trim()
}

function writeDurably(file: string, content: string): void {
  const descriptor = openSync(file, 'wx', 0o600)
  try {
    writeSync(descriptor, content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
