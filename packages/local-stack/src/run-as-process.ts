import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Environment } from './environments.ts'
import { root, type ServiceName, serviceFolder } from './workspace.ts'

export interface ServiceProcess {
  readonly url: string
  readonly pid: number
  /** Resolves when the process has ended, by `stop` or by itself, with the signal that ended it, if one did. */
  readonly exited: Promise<NodeJS.Signals | null>
  stop(): Promise<void>
}

export interface ProcessOptions {
  /** What is run, where it is not the service's source: its bundle. */
  readonly program?: string
  /** The open file that gets all that the service prints; whoever gives one says for themselves that it has ended. */
  readonly log?: number
  /** One that has not started after this long is killed. */
  readonly startWithinMs?: number
}

const stopPatienceMs = 10_000
/**
 * Not the flags that keep seven services in one process small: a service of its own may have a young generation that an
 * answer's garbage fits into, which spares it half of its collections.
 */
const subgraphFlags = ['--max-semi-space-size=32']
/** What strangers have it parse and plan is garbage that lasts: it is to be collected when it is a fifth of what lives. */
const gatewayFlags = ['--max-semi-space-size=8', '--heap-growing-percent=20']

/** A service as a process of its own, which ends with this one. Throws with what it printed when it does not start. */
export async function runAsProcess(
  service: ServiceName,
  environment: Environment,
  { program = path.join(serviceFolder(service), 'src', 'main.ts'), log, startWithinMs }: ProcessOptions = {},
): Promise<ServiceProcess> {
  const child = fork(path.join(root, 'bin', 'service.mjs'), [program], {
    execArgv: service === 'gateway' ? gatewayFlags : subgraphFlags,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', log ?? 'inherit', log ?? 'pipe', 'ipc'],
    // Ctrl-C reaches the whole group; a service must wait until it is told to stop, in order.
    detached: true,
  })
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(-4_000)
    process.stderr.write(text)
  })
  const exited = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  const impatience = startWithinMs && setTimeout(() => child.kill('SIGKILL'), startWithinMs)
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url))
    child.once('exit', (code) => reject(new Error(`${service} did not start (exit ${code}): ${complaint.trim()}`)))
  }).finally(() => clearTimeout(impatience))
  let stopping = false
  child.once('exit', () => {
    if (!stopping && log === undefined)
      console.error(`  ${service} has ended by itself; what it answers is null until the shop is started again.`)
  })
  return {
    url,
    pid: child.pid as number,
    exited,
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs)
      await exited
      clearTimeout(timer)
    },
  }
}
