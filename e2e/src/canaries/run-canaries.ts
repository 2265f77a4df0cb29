import { type Random, seededRandom } from '@cartograph/shop-data'
import { Browser, type BrowserAnswer } from '../browser.ts'
import { ask } from '../shop-client.ts'
import type { Headers } from '../shopper.ts'
import type { SoldGoods } from '../small-shop.ts'
import type { Canary } from './canary.ts'
import { LeakSearch } from './leak-search.ts'
import { canaryOperations, guestOperations, type Load, staffOperations } from './operations.ts'

export interface CanaryRun {
  readonly search: LeakSearch
  readonly requests: number
  /** How often each operation was begun, by who asks and its name. */
  readonly operations: ReadonlyMap<string, number>
  /** Of each canary, how many answers to it held its own marker. */
  readonly ownFound: ReadonlyMap<string, number>
  /** Of staff's answers, how many held somebody's marker. */
  readonly staffFound: number
  /** Answers that no client should ever get: faults of ours, and what is no answer. */
  readonly faults: readonly string[]
}

interface Crowd {
  readonly url: string
  readonly canaries: readonly Canary[]
  readonly goods: readonly SoldGoods[]
  readonly staff: Headers
  readonly guests: number
  readonly seed: number
  readonly milliseconds: number
}

/** Has everybody ask at once, each one operation after another in an order of chance, until the time is over. */
export async function runCanaries({
  url,
  canaries,
  goods,
  staff,
  guests,
  seed,
  milliseconds,
}: Crowd): Promise<CanaryRun> {
  const search = new LeakSearch(canaries)
  const operations = new Map<string, number>()
  const ownFound = new Map<string, number>()
  const faults: string[] = []
  let requests = 0
  let staffFound = 0

  function hear(asker: string, operation: string, status: number, text: string): void {
    requests += 1
    if (status >= 500 || text.includes('INTERNAL_SERVER_ERROR'))
      faults.push(`${asker}, ${operation}: ${status} ${text}`)
    if (asker === 'staff') {
      if (canaries.some(({ song }) => text.includes(song))) staffFound += 1
      return
    }
    search.search(asker, operation, text)
    const self = canaries.find(({ name }) => name === asker)
    if (self && text.includes(self.song)) ownFound.set(asker, (ownFound.get(asker) ?? 0) + 1)
  }

  const loadOf = (random: Random, operation: string): Load => ({
    random,
    canaries,
    goods,
    async ask(asker, query, variables, headers) {
      const { status, text } = await ask(url, query, { ...variables }, headers)
      hear(asker, operation, status, text)
      return { status, text }
    },
    browser(asker) {
      const browser = new Browser(url)
      const heard = async (answer: Promise<BrowserAnswer>) => {
        const { status, text, setCookies } = await answer
        hear(asker, operation, status, [text, ...setCookies].join('\n'))
        return answer
      }
      return {
        csrfToken: () => browser.csrfToken(),
        post: (path, content, headers) => heard(browser.post(path, content, headers)),
      }
    },
  })

  const until = performance.now() + milliseconds
  async function keepAsking(
    who: string,
    choices: Readonly<Record<string, (load: Load) => Promise<unknown>>>,
    stream: string,
  ) {
    const random = seededRandom(seed, stream)
    while (performance.now() < until) {
      const name = random.pick(Object.keys(choices))
      const key = `${who} ${name}`
      operations.set(key, (operations.get(key) ?? 0) + 1)
      await choices[name]!(loadOf(random, name))
    }
  }
  const ofCanary = (self: Canary) =>
    Object.fromEntries(Object.entries(canaryOperations).map(([name, run]) => [name, (load: Load) => run(self, load)]))
  const ofStaff = Object.fromEntries(
    staffOperations.map((query, at) => [`query ${at}`, (load: Load) => load.ask('staff', query, {}, staff)]),
  )
  await Promise.all([
    ...canaries.map((self) => keepAsking('canary', ofCanary(self), self.name)),
    ...Array.from({ length: guests }, (_, at) => keepAsking('guest', guestOperations, `guest ${at}`)),
    keepAsking('staff', ofStaff, 'staff'),
  ])
  return { search, requests, operations, ownFound, staffFound, faults }
}
