import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  watch,
} from 'node:fs'
import path from 'node:path'

const rotateAt = 8 * 1024 * 1024

const nameOf = (dataDir: string) => path.join(dataDir, 'postgres.log')

/**
 * Opens the server log for appending. The server writes to a file and not to a pipe, because it outlives a killed Node,
 * and a stopped Node must not block it.
 */
export function openServerLog(dataDir: string): number {
  if (logSize(dataDir) > rotateAt) renameSync(nameOf(dataDir), `${nameOf(dataDir)}.previous`)
  return openSync(nameOf(dataDir), 'a', 0o600)
}

/** The offset at which the next line of the server log will stand. */
export function logSize(dataDir: string): number {
  return existsSync(nameOf(dataDir)) ? statSync(nameOf(dataDir)).size : 0
}

/** The last lines of the server log from an offset on. */
export function logTail(dataDir: string, offset: number): string {
  return readFileSync(nameOf(dataDir)).subarray(offset).toString('utf8').trimEnd().split('\n').slice(-20).join('\n')
}

/** Calls back with each line the server logs after an offset. The returned function hands over the rest and ends it. */
export function followLog(dataDir: string, offset: number, onLine: (line: string) => void): () => void {
  const descriptor = openSync(nameOf(dataDir), 'r')
  let position = offset > logSize(dataDir) ? 0 : offset
  let rest = Buffer.alloc(0)
  const read = () => {
    const fresh = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - position))
    position += readSync(descriptor, fresh, 0, fresh.length, position)
    const text = Buffer.concat([rest, fresh])
    const end = text.lastIndexOf('\n') + 1
    rest = text.subarray(end)
    if (end > 0)
      text
        .toString('utf8', 0, end - 1)
        .split('\n')
        .forEach((line) => onLine(line))
  }
  read()
  const watcher = watch(nameOf(dataDir), { persistent: false }, read)
  return () => {
    watcher.close()
    read()
    closeSync(descriptor)
  }
}
