import { type Random, seededRandom } from '@cartograph/shop-data'
import { databaseLinkFaults, type LinkFault, serviceLinkFaults } from '../network/link-fault.ts'
import type { Fault } from './fault.ts'

export interface Places {
  readonly processes: readonly string[]
  readonly serviceLinks: readonly string[]
  readonly databaseLinks: readonly string[]
}

/** How many of each there are in two minutes. */
const inTwoMinutes = { kill: 66, database: 6, freeze: 10, link: 60, commit: 14 } as const

/** Where sales are made: these break more often, and most often where one service has another do something. */
function weightOf(name: string): number {
  if (/^orders-\d → (inventory|carts)/.test(name)) return 8
  return /^(orders|inventory|carts)/.test(name) ? 3 : 1
}

/**
 * What goes wrong in a run of so many seconds: a pure function of its arguments. Each kind of fault is spread over the
 * run, one in each equal part of it, at any moment of that.
 */
export function makeSchedule(seed: number, seconds: number, places: Places): Fault[] {
  const kinds = Object.keys(inTwoMinutes) as (keyof typeof inTwoMinutes)[]
  return kinds
    .flatMap((kind) => {
      const random = seededRandom(seed, `schedule of ${kind}`)
      const count = Math.ceil((inTwoMinutes[kind] * seconds) / 120)
      const part = (seconds * 1_000) / count
      return Array.from({ length: count }, (_, index) => {
        const atMs = Math.floor((index + random.next()) * part)
        return faultOf(kind, atMs, random, places)
      })
    })
    .toSorted((a, b) => a.atMs - b.atMs)
}

function faultOf(
  kind: keyof typeof inTwoMinutes,
  atMs: number,
  random: Random,
  { processes, ...links }: Places,
): Fault {
  const process = random.pickWeighted(processes, weightOf)
  const downMs = random.between(200, 1_500)
  switch (kind) {
    case 'kill':
      return { atMs, kind, process, downMs }
    case 'freeze':
      return { atMs, kind, process, forMs: random.between(500, 3_000) }
    case 'database':
      return { atMs, kind, how: random.pick(['immediate', 'kill']), downMs }
    // Whoever answers before it has committed is found out by this alone.
    case 'commit': {
      const link = random.pick(links.databaseLinks.filter((name) => weightOf(name) > 1))
      const fault = { kind: random.pick(['commit-lost', 'commit-lost', 'commit-unanswered'] as const) }
      return { atMs, kind: 'link', link, fault, forMs: random.between(300, 1_200) }
    }
    case 'link': {
      const { serviceLinks, databaseLinks } = links
      const link = random.pickWeighted([...serviceLinks, ...databaseLinks], weightOf)
      const kinds = databaseLinks.includes(link) ? databaseLinkFaults : serviceLinkFaults
      const fault = linkFaultOf(random, random.pick(kinds))
      // What comes twice holds up nobody, so there can be more of it.
      const forMs = fault.kind === 'repeated' ? random.between(2_000, 5_000) : random.between(300, 2_000)
      return { atMs, kind, link, fault, forMs }
    }
  }
}

const linkFaultOf = (random: Random, kind: LinkFault['kind']): LinkFault =>
  kind === 'slow' ? { kind, delayMs: random.between(20, 400) } : { kind }
