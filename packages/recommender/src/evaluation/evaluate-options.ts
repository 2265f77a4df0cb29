import { inputFile, outputFile, readArguments } from '@cartograph/command-line'
import { parseTime, timeForm } from './files/parse-time.ts'
import { type Surface, surfaces } from './served-model.ts'
import type { RankingFile } from './write-ranking.ts'

const usage =
  'pnpm evaluate --orders FILE [--cutoff DATE] [--json FILE | --rank FILE --surface buy-again|discover [-k 50]], ' +
  'or pnpm evaluate --sequences FILE [--json FILE]'

const defaultCount = 50
const greatestCount = 1000

/** What `pnpm evaluate` was asked for. Paths are whole; a file to read is there. */
export type EvaluateOptions =
  | { readonly task: 'score-orders'; readonly path: string; readonly cutoff: Date | null; readonly json: string | null }
  | {
      readonly task: 'rank-customers'
      readonly path: string
      readonly cutoff: Date | null
      readonly ranking: RankingFile
    }
  | { readonly task: 'score-sequences'; readonly path: string; readonly json: string | null }

/** Reads the arguments; throws a sentence, mostly with the usage, when they do not fit together. */
export function evaluateOptions(args: string[]): EvaluateOptions {
  const { values, positionals } = readArguments(
    args,
    {
      orders: { type: 'string' },
      sequences: { type: 'string' },
      cutoff: { type: 'string' },
      json: { type: 'string' },
      rank: { type: 'string' },
      surface: { type: 'string' },
      k: { type: 'string', short: 'k' },
    },
    usage,
  )
  const refuse = (reason: string): never => {
    throw new Error(`${reason}. Usage: ${usage}`)
  }
  if (positionals.length > 0) refuse(`There is no "${positionals[0]}"`)
  if (values.orders === undefined && values.sequences === undefined) refuse('--orders or --sequences is missing')
  if (values.orders !== undefined && values.sequences !== undefined)
    refuse('--orders and --sequences exclude each other')
  if (values.rank === undefined) {
    if (values.surface !== undefined) refuse('--surface goes with --rank')
    if (values.k !== undefined) refuse('-k goes with --rank')
  }
  if (values.sequences !== undefined) {
    if (values.cutoff !== undefined) refuse('--cutoff goes with --orders: sequences have no times')
    if (values.rank !== undefined) refuse('--rank goes with --orders')
    const path = inputFile('--sequences', values.sequences, usage)
    return { task: 'score-sequences', path, json: jsonFile(values.json) }
  }
  const cutoff = values.cutoff === undefined ? null : cutoffOf(values.cutoff)
  const path = inputFile('--orders', values.orders, usage)
  if (values.rank === undefined) return { task: 'score-orders', path, cutoff, json: jsonFile(values.json) }
  if (values.json !== undefined) refuse('--json goes with the tables, and --rank makes none')
  const surface = surfaces.find((name) => name === values.surface) ?? refuse(`--surface takes ${surfaces.join(' or ')}`)
  const count = countOf(values.k)
  return { task: 'rank-customers', path, cutoff, ranking: rankingFile(path, values.rank, surface, count) }
}

function rankingFile(orders: string, value: string, surface: Surface, count: number): RankingFile {
  const path = outputFile('--rank', value, usage)
  if (path === orders) throw new Error('--rank would replace the file that --orders names.')
  return { path, surface, count }
}

function jsonFile(value: string | undefined): string | null {
  return value === undefined ? null : outputFile('--json', value, usage)
}

function cutoffOf(text: string): Date {
  const cutoff = parseTime(text.trim())
  if (cutoff === null) throw new Error(`--cutoff takes ${timeForm}, not "${text}".`)
  return cutoff
}

function countOf(text: string | undefined): number {
  if (text === undefined) return defaultCount
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < 1 || count > greatestCount) {
    throw new Error(`-k takes a whole number from 1 to ${greatestCount}, not "${text}".`)
  }
  return count
}
