import { setTimeout as pause } from 'node:timers/promises'
import { type Environment, type ProcessOptions, runAsProcess, type ServiceProcess } from '@cartograph/local-stack'
import { serviceOf } from './topology.ts'

/** A start that takes longer hangs, as a supervisor would say. */
const startWithinMs = 12_000
const startAgainAfterMs = 300

/** How a process of the shop ended, told of each end that is not ours to bring about. */
export interface ServiceEnd {
  readonly process: string
  readonly at: number
  readonly signal: NodeJS.Signals | null
}

/** A process of the shop that is started again whenever it ends, as a container is. */
export class SupervisedService {
  readonly name: string
  /** Ends that nobody here has brought about. */
  readonly unexpectedEnds: ServiceEnd[] = []
  failedStarts = 0
  /** How long starts took that did not fail. */
  readonly startsMs: number[] = []
  /** Told when it was killed while it started: what it had left to do it does at once. */
  onDeathAtStart: (() => void) | null = null
  environment: Environment
  readonly #options: ProcessOptions
  #running: ServiceProcess | null = null
  #isStopping = false
  /** Told before a kill: how long it stays down. */
  #downMs: number | null = null
  #becomesUp = Promise.withResolvers<ServiceProcess>()
  readonly #supervision: Promise<void>

  constructor(name: string, environment: Environment, options: ProcessOptions) {
    this.name = name
    this.environment = environment
    this.#options = options
    this.#supervision = this.#supervise()
  }

  /** Where it listens now; null while it does not. */
  get port(): number | null {
    return this.#running && Number(new URL(this.#running.url).port)
  }

  /** Resolves when it runs. */
  up(): Promise<ServiceProcess> {
    return this.#becomesUp.promise
  }

  /** kill -9, as soon as it runs; it is back after so long. Answers when it was killed. */
  async kill(downMs: number): Promise<number> {
    const running = await this.up()
    this.#downMs = downMs
    const at = Date.now()
    process.kill(running.pid, 'SIGKILL')
    await running.exited
    return at
  }

  /** Has it die by itself, at the crash point in its environment: that end is not held against it. */
  expectEnd(downMs: number): void {
    this.#downMs = downMs
  }

  /** Stops its process in the middle of whatever it does, for so long. */
  async freeze(forMs: number): Promise<void> {
    const { pid } = await this.up()
    if (!send(pid, 'SIGSTOP')) return
    await pause(forMs)
    send(pid, 'SIGCONT')
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await this.#running?.stop()
    await this.#supervision
  }

  async #supervise(): Promise<void> {
    while (!this.#isStopping) {
      const begun = Date.now()
      try {
        this.#running = await runAsProcess(serviceOf(this.name), this.environment, { startWithinMs, ...this.#options })
      } catch (error) {
        // What it had to say is in its log.
        this.failedStarts += 1
        if ((error as Error).message.includes('exit null')) this.onDeathAtStart?.()
        await pause(startAgainAfterMs)
        continue
      }
      this.startsMs.push(Date.now() - begun)
      this.#becomesUp.resolve(this.#running)
      if (this.#isStopping) await this.#running.stop()
      const signal = await this.#running.exited
      this.#running = null
      this.#becomesUp = Promise.withResolvers()
      if (this.#isStopping) return
      if (this.#downMs === null) this.unexpectedEnds.push({ process: this.name, at: Date.now(), signal })
      await pause(this.#downMs ?? startAgainAfterMs)
      this.#downMs = null
    }
  }
}

/** False when the process has ended meanwhile. */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
