import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runLoneGateway } from '@cartograph/local-stack'
import { seededRandom } from '@cartograph/shop-data'
import { attack } from './attacker.ts'
import { makeAttack } from './attacks/requests.ts'
import type { Sample } from './bystander.ts'
import { answersIn, complaintsOf } from './inspect-answer.ts'

/** For the gateway to have planned its first operations, which is no attack's doing. */
const warmUpMs = 2_000
const lookEveryMs = 100
/** For what is under way at the end. */
const patienceMs = 5_000

export interface FuzzOptions {
  readonly seed: number
  readonly seconds: number
  /** Connections that attack at a time. */
  readonly attackers: number
}

export interface FuzzOutcome {
  /** Attacks by name. */
  readonly attacks: ReadonlyMap<string, number>
  /** What the gateway should not have answered, and to which attack; each once. */
  readonly complaints: ReadonlySet<string>
  readonly samples: readonly Sample[]
  readonly idleMB: number
  readonly mostMB: number
  /** The most milliseconds within a tenth of a second or so that the machine let the gateway wait for a processor. */
  readonly starvedMs: number
  /** How the gateway ended, if it did before it was told to. */
  readonly death: string | null
  /** Whether it answered a good query when all was over. */
  readonly isWell: boolean
}

/**
 * Attacks a gateway, as strangers meet it in production, over so many connections at once with bad requests of a seed, while a
 * client who behaves asks a good query every 100 ms.
 */
export async function fuzzGateway({ seed, seconds, attackers }: FuzzOptions): Promise<FuzzOutcome> {
  const bystander = fork(path.join(import.meta.dirname, 'bystander.ts'))
  const [{ port }] = (await once(bystander, 'message')) as [{ port: number }]
  const gateway = await runLoneGateway(`http://127.0.0.1:${port}/graphql`)
  /** How it ended, before it was told to. */
  const ends: string[] = []
  void gateway.exited.then((signal) => ends.push(signal ?? 'by itself'))
  const samples: Sample[] = []
  bystander.on('message', (sample: Sample) => samples.push(sample))
  try {
    bystander.send({ url: `${gateway.url}/graphql` })
    await pause(warmUpMs)
    samples.length = 0
    const idleMB = memoryOf(gateway.pid)
    let [mostMB, starvedMs, waitedMs] = [0, 0, waitOf(gateway.pid)]
    const looking = setInterval(() => {
      const waited = waitOf(gateway.pid)
      starvedMs = Math.max(starvedMs, waited - waitedMs)
      waitedMs = waited
      mostMB = Math.max(mostMB, memoryOf(gateway.pid))
    }, lookEveryMs)
    const attacks = new Map<string, number>()
    const complaints = new Set<string>()
    const endsAt = performance.now() + seconds * 1_000
    const over = new AbortController()
    const ending = setTimeout(() => over.abort(), seconds * 1_000 + patienceMs)
    const gatewayPort = Number(new URL(gateway.url).port)
    await Promise.all(
      Array.from({ length: attackers }, async (_, index) => {
        const random = seededRandom(seed, `attacker ${index}`)
        while (performance.now() < endsAt && ends.length === 0) {
          const made = makeAttack(random)
          const { heard, end } = await attack(gatewayPort, made, over.signal)
          attacks.set(made.name, (attacks.get(made.name) ?? 0) + 1)
          for (const complaint of complaintsOf(heard)) complaints.add(`${made.name}: ${complaint}`)
          if (end === 'no end') complaints.add(`${made.name}: is neither answered nor ended`)
          if (made.isRequest && answersIn(heard).length === 0) complaints.add(`${made.name}: is not answered (${end})`)
        }
      }),
    )
    clearInterval(looking)
    clearTimeout(ending)
    const during = [...samples]
    await once(bystander, 'message')
    samples.length = 0
    await once(bystander, 'message')
    const isWell = samples[0]?.isRight === true
    return { attacks, complaints, samples: during, idleMB, mostMB, starvedMs, death: ends[0] ?? null, isWell }
  } finally {
    bystander.disconnect()
    await gateway.stop()
  }
}

/** What a process holds, in MB; 0 where there is no /proc, or no such process. */
const memoryOf = (pid: number) => (numberIn(`/proc/${pid}/status`, /VmRSS:\s+(\d+) kB/) * 1_024) / 1e6

/** How many milliseconds the main thread of a process was ready to run, and did not; the kernel's sched-stats. */
const waitOf = (pid: number) => numberIn(`/proc/${pid}/task/${pid}/schedstat`, /^\d+ (\d+)/) / 1e6

function numberIn(file: string, pattern: RegExp): number {
  try {
    return Number(pattern.exec(readFileSync(file, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
