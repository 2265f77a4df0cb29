import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { endOfRecords } from '@cartograph/contracts'
import { root, serviceFolder, type Subgraph } from '../workspace.ts'

export interface LoadProcess {
  /** Resolves when there is room for more. Throws what the process said when it has failed. */
  write(line: string): Promise<void>
  /** No more records: resolves with the counts of each kind once they are committed. */
  end(): Promise<Record<string, { read: number; written: number }>>
  kill(): void
}

/** Lines are handed over in blocks of this many characters: a system call each is dearer than the copy. */
const blockLength = 64 * 1024

/** A subgraph's load program, reading what is written to it. */
export function startLoad(subgraph: Subgraph, databaseUrl: string): LoadProcess {
  const program = path.join(serviceFolder(subgraph), 'src', 'load.ts')
  const child = spawn(process.execPath, [path.join(root, 'bin', 'service.mjs'), program], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: databaseUrl },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  // A process that ends early breaks the pipe; the reason is on its standard error.
  child.stdin.on('error', () => {})
  const closed = once(child, 'close')
  const failure = () => new Error(`Loading ${subgraph} failed: ${complaint.trim() || 'the process ended'}`)
  let block = ''
  const send = async () => {
    const text = block
    block = ''
    if (child.exitCode !== null || child.signalCode !== null) throw failure()
    if (child.stdin.write(text)) return
    // A pipe that breaks rejects before the process has said why.
    await Promise.race([once(child.stdin, 'drain').catch(() => closed), closed])
  }
  return {
    async write(line) {
      block += line
      if (block.length >= blockLength) await send()
    },
    async end() {
      block += `${endOfRecords}\n`
      await send()
      child.stdin.end()
      await closed
      if (child.exitCode !== 0) throw failure()
      return JSON.parse(output) as Record<string, { read: number; written: number }>
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
