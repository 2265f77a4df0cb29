import { cardsWithSlowCapture } from '../buyers/cards.ts'
import type { Outcome } from '../figures/print-figures.ts'
import { type RunOptions, runChaos, type Violations } from '../run-chaos.ts'
import { type Shop, startShop } from '../shop/start-shop.ts'
import { processes, processesOf, serviceOf } from '../shop/topology.ts'
import { crashSites } from './enumerate.ts'
import { type Death, walkThrough } from './walk.ts'

export interface CrashRun extends Outcome {
  readonly violations: Violations
  readonly deaths: readonly Death[]
  /** The points at which no process died. */
  readonly missed: readonly string[]
}

/** Some points wait for what buyers do rarely, such as calling an order off, and meanwhile other processes die too. */
const patienceMs = 60_000

/**
 * Has every process die at every crash point that it has, one after the other and all processes at once, while buyers
 * buy; then checks what must hold. Orders' points are shared out among its two processes.
 */
export async function runCrashPoints(
  dataDir: string,
  options: Omit<RunOptions, 'schedule' | 'seconds'>,
): Promise<CrashRun> {
  const shop = await startShop({ dataDir, seed: options.seed, ephemeral: true })
  try {
    let deaths: readonly Death[] = []
    const outcome = await runChaos(shop, {
      ...options,
      seconds: 600,
      schedule: [],
      cards: cardsWithSlowCapture,
      meanwhile: async () => void (deaths = await walkAll(shop)),
    })
    const died = new Set(deaths.map(({ point, process }) => siteName({ point, process: process.replace(/-\d$/, '') })))
    const missed = crashSites.map(siteName).filter((name) => !died.has(name))
    return { ...outcome, deaths, missed }
  } finally {
    await shop.stop()
  }
}

const siteName = ({ process, point }: { process: string; point: string }) => `${process}: ${point}`

async function walkAll({ services }: Shop): Promise<readonly Death[]> {
  const walks = processes.map((name) => {
    const points = crashSites.filter(({ process }) => process === serviceOf(name)).map(({ point }) => point)
    const others = processesOf(serviceOf(name))
    const own = points.filter((_, index) => others[index % others.length] === name)
    return walkThrough(services.get(name)!, own, patienceMs)
  })
  return (await Promise.all(walks)).flat()
}
