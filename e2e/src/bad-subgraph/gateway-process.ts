import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runCommandLine } from '../command.ts'

/** `pnpm gateway` as a process. */
export interface GatewayProcess extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  output(): string
}

/** Serves `supergraphSdl` with the options of `pnpm gateway` that are given. */
export async function startGatewayProcess(supergraphSdl: string, options: string[] = []): Promise<GatewayProcess> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cartograph-gateway-'))
  const file = path.join(folder, 'supergraph.graphql')
  writeFileSync(file, supergraphSdl)
  const command = runCommandLine(['gateway', '--supergraph', file, '--port', '0', ...options], {
    NODE_ENV: 'production',
  })
  const [, url] = await command.untilOutput(/is served at (\S+)/)
  return {
    url: url!,
    pid: command.child.pid!,
    ended: command.ended,
    output: () => command.output(),
    async [Symbol.asyncDispose]() {
      command.child.kill('SIGKILL')
      await command.ended
      rmSync(folder, { recursive: true })
    },
  }
}

/** What a process holds now in MB, and held at most since `resetMost`; from /proc, which Linux has. */
export function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) => (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1_024) / 1e6
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') }
}

export const resetMost = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5')
