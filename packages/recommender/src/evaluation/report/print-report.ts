import type { ContenderScore } from '../evaluate-contenders.ts'
import { rankingDepth } from '../ranking-metrics.ts'
import type { Advantage, EvaluatedData, EvaluationReport } from './evaluation-report.ts'

const columns = [`NDCG@${rankingDepth}`, `recall@${rankingDepth}`, `hit rate@${rankingDepth}`, 'coverage'] as const
const titles = { 'next-basket': 'Next basket', discovery: 'Never bought before' } as const

/** A report as a terminal shows it: the data, a table for each question, and what fitting took. */
export function printReport(report: EvaluationReport): string {
  const people = report.protocol === 'temporal-split' ? 'customers' : 'users'
  const scored = report.questions
    .map(({ question, customers }) => `${grouped(customers)} (${titles[question].toLowerCase()})`)
    .join(', ')
  const tables = report.questions.flatMap(({ question, customers, scores, advantages }) => [
    '',
    `${titles[question]}, ${grouped(customers)} ${customers === 1 ? people.slice(0, -1) : people}`,
    ...(scores.length > 0 ? scoreTable(scores) : ['nobody to score']),
    ...advantages.map(advantageLine),
  ])
  const seconds = report.fitting.map((fit) => `${fit.name} ${fit.seconds.toFixed(1)} s`).join(', ')
  const peak = (report.peakRssBytes / 1024 ** 2).toFixed(0)
  const lines = [
    `${dataLine(report, people)}; scored ${people} ${scored}`,
    ...tables,
    '',
    `Fitting: ${seconds}; peak RSS ${grouped(Number(peak))} MiB`,
  ]
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`
}

function dataLine(data: EvaluatedData, people: string): string {
  const { file, lines, orders, customers, items, cutoff } = data
  const counts = `${grouped(lines)} lines, ${grouped(orders)} orders, ${grouped(customers)} ${people}, ${grouped(items)} items`
  if (cutoff === null) return `${file}: ${counts}; the last item of each left out`
  return `${file}: ${counts}; cutoff ${cutoff.at.toISOString()}${cutoff.isGiven ? '' : ' (90 % of the time span)'}`
}

function scoreTable(scores: readonly ContenderScore[]): string[] {
  const width = Math.max(...scores.map(({ name }) => name.length))
  const row = (name: string, cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((cell, at) => cell.padStart(columns[at]!.length))].join('  ')
  return [
    row('model', columns),
    ...scores.map(({ name, ndcg, recall, hitRate, coverage }) =>
      row(
        name,
        [ndcg, recall, hitRate, coverage].map((value) => value.toFixed(4)),
      ),
    ),
  ]
}

function advantageLine({ name, baseline, percent }: Advantage): string {
  if (percent === null)
    return `ours: the NDCG@${rankingDepth} of ${name} has no ratio to that of ${baseline}, which is 0`
  return `ours: ${name} ${percent < 0 ? '' : '+'}${percent.toFixed(1)} % NDCG@${rankingDepth} against ${baseline}`
}

function grouped(count: number): string {
  return count.toLocaleString('en')
}
