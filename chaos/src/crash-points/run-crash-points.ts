import type { Outcome } from '../figures/print-figures.ts'
import { type RunOptions, runChaos, type Violations } from '../run-chaos.ts'
import { type Shop, startShop } from '../shop/start-shop.ts'
import type { SupervisedService } from '../shop/supervised-service.ts'
import { type CrashSite, crashSites, pointBeforeVoids, voidSites } from './enumerate.ts'
import { arm, type Death, type NextPoint, walkThrough } from './walk.ts'

export interface CrashRun extends Outcome {
  readonly violations: Violations
  readonly deaths: readonly Death[]
  /** The points at which no process died. */
  readonly missed: readonly string[]
}

const patienceMs = 25_000

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
      meanwhile: async () => void (deaths = await walkAll(shop)),
    })
    const died = new Set(deaths.map(({ point, process }) => siteName({ point, process: process.replace(/-\d$/, '') })))
    const missed = [...crashSites, ...voidSites].map(siteName).filter((name) => !died.has(name))
    return { ...outcome, deaths, missed }
  } finally {
    await shop.stop()
  }
}

const siteName = ({ process, point }: { process: string; point: string }) => `${process}: ${point}`

async function walkAll({ services }: Shop): Promise<readonly Death[]> {
  const pointsOf = (process: CrashSite['process']) =>
    crashSites.filter((site) => site.process === process).map(({ point }) => point)
  const orders = pointsOf('orders')
  const half = orders.length / 2
  let voidsLeft = voidSites.length
  const voids: NextPoint = listed(voidSites.map(({ point }) => point))
  const first = inOrder(listed(orders.filter((_, index) => index < half)), voids)
  // The second process leaves orders unpaid as long as the first waits for one to be called off.
  const second = inOrder(listed(orders.filter((_, index) => index >= half)), () =>
    voidsLeft > 0 ? pointBeforeVoids : null,
  )
  const walks = [
    walk(services.get('orders-1')!, first).finally(() => (voidsLeft = 0)),
    walk(services.get('orders-2')!, second),
    ...(['carts', 'inventory', 'recommendations', 'products'] as const).map((name) =>
      walk(services.get(name)!, listed(pointsOf(name))),
    ),
  ]
  return (await Promise.all(walks)).flat()
}

/** The first start was unarmed: it is killed, and the walk begins with the next. */
async function walk(service: SupervisedService, next: NextPoint): Promise<Death[]> {
  arm(service, next())
  await service.kill(0)
  return walkThrough(service, next, patienceMs)
}

function listed(points: readonly string[]): NextPoint {
  const left = [...points]
  return () => left.shift() ?? null
}

const inOrder =
  (first: NextPoint, then: NextPoint): NextPoint =>
  () =>
    first() ?? then()
