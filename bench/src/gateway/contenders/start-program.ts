import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Program {
  readonly pid: number
  hasEnded(): boolean
  /** The last that it printed. */
  printed(): string
  stop(): Promise<void>
}

/** This Node with `args`, as in production, with nothing of this process's environment but the search path. */
export function startProgram(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  const child = spawn(process.execPath, args, {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      APOLLO_TELEMETRY_DISABLED: 'true',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed = `${printed}${text}`.slice(-4_000)))
  const exited = once(child, 'exit')
  return {
    pid: child.pid as number,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    printed: () => printed.trim(),
    async stop() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
