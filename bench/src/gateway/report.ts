import type { ContenderName } from './contenders/contenders.ts'
import { cpuRatio, medianOf } from './figures.ts'
import type { Contest } from './rounds.ts'

const columns = ['CPU ms', '× floor', '× stock', 'req/s', 'p50 ms', 'p99 ms', 'calls', 'MiB']
const nameWidth = 18
const cellWidth = 7

/** One contest as a table of Markdown that is aligned as text, too. */
export function contestTable(contest: Contest): string {
  const { operation, concurrency } = contest
  const rows = [...contest.rounds.keys()].map((name) => row(name, cells(contest, name)))
  const rule = `|${'-'.repeat(nameWidth + 2)}|${columns.map(() => `${'-'.repeat(cellWidth + 1)}:|`).join('')}`
  return [`${operation}, ${concurrency} at a time`, '', row('', columns), rule, ...rows].join('\n')
}

function cells(contest: Contest, name: ContenderName): string[] {
  const ratio = (other: ContenderName) => {
    const value = cpuRatio(contest, name, other)
    return Number.isNaN(value) ? '' : value.toFixed(2)
  }
  return [
    medianOf(contest, name, 'cpuMs').toFixed(3),
    ratio('floor'),
    ratio('stock'),
    medianOf(contest, name, 'requestsPerSecond').toFixed(0),
    medianOf(contest, name, 'p50').toFixed(2),
    medianOf(contest, name, 'p99').toFixed(2),
    medianOf(contest, name, 'calls').toFixed(2),
    medianOf(contest, name, 'residentMiB').toFixed(0),
  ]
}

function row(name: string, values: readonly string[]): string {
  return `| ${name.padEnd(nameWidth)} | ${values.map((value) => value.padStart(cellWidth)).join(' | ')} |`
}
