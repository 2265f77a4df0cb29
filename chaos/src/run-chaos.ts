import { setTimeout as pause } from 'node:timers/promises'
import { seededRandom } from '@cartograph/shop-data'
import { type Cards, usualCards } from './buyers/cards.ts'
import { openMarket } from './buyers/open-market.ts'
import type { Market } from './buyers/client.ts'
import { Tale } from './buyers/tale.ts'
import { settle } from './faults/settle.ts'
import { healAll, strikeAll } from './faults/strike.ts'
import type { Outcome } from './figures/print-figures.ts'
import { recoveries } from './figures/recoveries.ts'
import { invariants } from './invariants/all-invariants.ts'
import { readRows } from './invariants/read-rows.ts'
import { replayPurchases } from './invariants/replay-purchases.ts'
import type { Fault } from './schedule/fault.ts'
import type { Shop } from './shop/start-shop.ts'

export interface RunOptions {
  readonly seed: number
  readonly seconds: number
  readonly buyers: number
  readonly hotCustomers: number
  readonly schedule: readonly Fault[]
  readonly onProgress: (line: string) => void
  /** What is paid with, where it is not the usual. */
  readonly cards?: Cards
  /** What else goes wrong; the market closes as soon as it is over. */
  readonly meanwhile?: () => Promise<void>
}

/** What broke, by the name of the invariant. */
export type Violations = ReadonlyMap<string, readonly string[]>

const finishWithinMs = 45_000
const progressEveryMs = 10_000

/** Lets buyers into the shop, breaks it by the schedule, mends it, waits until all has settled, and checks. */
export async function runChaos(shop: Shop, options: RunOptions): Promise<Outcome & { violations: Violations }> {
  const { seed, seconds, schedule, onProgress, cards = usualCards } = options
  const tale = new Tale()
  const never = Number.MAX_SAFE_INTEGER
  const market: Market = { url: shop.url, tale, cards, closesAt: never, givesUpAt: never }
  const run = await openMarket(market, options)
  const begun = Date.now()
  market.closesAt = begun + seconds * 1_000
  market.givesUpAt = market.closesAt + finishWithinMs
  const progress = setInterval(() => onProgress(progressLine(shop, tale, begun)), progressEveryMs)
  const everybody = run()
  const strikes = await strikeAll(shop, schedule, begun)
  await options.meanwhile?.()
  if (options.meanwhile) market.closesAt = Date.now()
  else await pause(Math.max(0, market.closesAt - Date.now()))
  market.givesUpAt = market.closesAt + finishWithinMs
  clearInterval(progress)
  await healAll(shop)
  const healedAt = Date.now()
  onProgress('mended; the buyers finish')
  await everybody
  const unsettled = await settle(shop.database, onProgress)
  const settledMs = Date.now() - healedAt
  const replays = await replayPurchases(shop.url, seededRandom(seed, 'replays').shuffle(tale.purchases))
  const rows = await readRows(shop, tale)
  const ends = [...shop.services.values()].flatMap(({ unexpectedEnds }) => unexpectedEnds)
  const violations = new Map<string, readonly string[]>([
    ['settles', unsettled],
    ['what buyers saw', tale.complaints],
    ['equal replays', replays.violations],
    ['services stay up', ends.map(({ process, signal }) => `${process} ended by itself (${signal ?? 'no signal'})`)],
    ...Object.entries(invariants).map(([name, check]) => [name, check(rows)] as const),
  ])
  return {
    seed,
    seconds,
    strikes,
    recoveries: recoveries(strikes, rows.checkouts),
    rows,
    tale,
    failedStarts: [...shop.services.values()].reduce((sum, { failedStarts }) => sum + failedStarts, 0),
    startsMs: [...shop.services.values()].flatMap(({ startsMs }) => startsMs),
    outagesMs: shop.database.outagesMs,
    replays: replays.count,
    settledMs,
    violations,
  }
}

function progressLine({ services, database }: Shop, tale: Tale, begun: number): string {
  const ended = tale.purchases.filter(({ status }) => status !== null)
  const orders = ended.filter(({ orderId }) => orderId !== null).length
  const at = ((Date.now() - begun) / 1_000).toFixed(0).padStart(4)
  const down = [...services.values()].filter(({ port }) => port === null).map(({ name }) => name)
  if (database.port === null) down.push('PostgreSQL')
  const sentence = `${tale.purchases.length} purchases, ${ended.length} ended, ${orders} orders, ${tale.complaints.length} complaints`
  return `${at} s  ${sentence}${down.length > 0 ? `; down: ${down.join(', ')}` : ''}`
}
