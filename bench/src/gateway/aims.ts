import { type ContenderName, contenders } from './contenders/contenders.ts'
import { cpuRatio, medianOf } from './figures.ts'
import type { Contest } from './rounds.ts'

export interface Aim {
  readonly aim: string
  readonly measured: number
  readonly atMost?: number
  readonly atLeast?: number
  readonly unit: string
}

const others = (Object.keys(contenders) as ContenderName[]).filter((name) => 'isPeer' in contenders[name])

/** What our gateway is to reach in `contest`, of contenders that took part in it. */
export function aimsOf(contest: Contest): Aim[] {
  if (contest.operation === 'typename') return smallestAims(contest)
  if (contest.operation !== 'benchmark') return []
  const at = `at ${contest.concurrency}`
  const ratio = (name: ContenderName, other: ContenderName) => cpuRatio(contest, name, other)
  const best = Math.min(...others.map((name) => ratio(name, 'ours')).filter((value) => !Number.isNaN(value)))
  const aims: Aim[] = [
    { aim: `ours, unshared, × floor ${at}`, measured: ratio('ours-unshared', 'floor'), atMost: 1.6, unit: '' },
    { aim: `stock × ours, unshared, ${at}`, measured: ratio('stock', 'ours-unshared'), atLeast: 6, unit: '' },
    { aim: `best other × ours ${at}`, measured: best, atLeast: contest.concurrency === 1 ? 1.7 : 1, unit: '' },
  ]
  if (contest.concurrency > 1)
    aims.push({ aim: `ours × floor ${at}`, measured: ratio('ours', 'floor'), atMost: 1, unit: '' })
  return aims.filter(({ measured }) => Number.isFinite(measured))
}

function smallestAims(contest: Contest): Aim[] {
  const measured = medianOf(contest, 'ours', 'cpuMs')
  return Number.isNaN(measured)
    ? []
    : [{ aim: `CPU of { __typename } at ${contest.concurrency}`, measured, atMost: 0.2, unit: ' ms' }]
}

export function isMet({ measured, atMost = Number.POSITIVE_INFINITY, atLeast = 0 }: Aim): boolean {
  return measured <= atMost && measured >= atLeast
}

/** A table of what should be, what is, and whether that will do. */
export function aimTable(aims: readonly Aim[]): string {
  const rows = aims.map((aim) => {
    const bound = aim.atMost === undefined ? `at least ${aim.atLeast}` : `at most ${aim.atMost}`
    return `| ${aim.aim} | ${bound}${aim.unit} | ${aim.measured.toFixed(2)}${aim.unit} | ${isMet(aim) ? 'yes' : 'no'} |`
  })
  return ['| | aim | measured | met |', '|---|---|---|---|', ...rows].join('\n')
}
