import path from 'node:path'
import { runCommand } from '@cartograph/command-line'
import { daysOf } from '../order-log.ts'
import { baselines } from './baselines/index.ts'
import type { Question } from './contender.ts'
import { evaluateContenders } from './evaluate-contenders.ts'
import { type EvaluateOptions, evaluateOptions } from './evaluate-options.ts'
import { type OrderFile, readOrderFile } from './files/read-order-file.ts'
import { readSequenceFile } from './files/read-sequence-file.ts'
import { replaceFile } from './files/replace-file.ts'
import { type EvaluatedData, evaluationReport } from './report/evaluation-report.ts'
import { printReport } from './report/print-report.ts'
import { servedModel } from './served-model.ts'
import { type EvaluationProgress, showProgress } from './show-progress.ts'
import { type SplitLog, splitLog } from './split-log.ts'
import { writeRanking } from './write-ranking.ts'

type OptionsOf<Task> = Extract<EvaluateOptions, { readonly task: Task }>

/** Where a file is cut unless it is said: after so much of its time span. */
const trainShare = 0.9

/** `pnpm evaluate`: how well the recommender ranks, beside plain baselines; or its ranking for every customer, in a file. */
export async function main(args: string[]): Promise<void> {
  await runCommand(async () => {
    const options = evaluateOptions(args)
    const progress = showProgress(process.stderr)
    switch (options.task) {
      case 'score-orders':
        return scoreOrders(options, progress)
      case 'score-sequences':
        return scoreSequences(options, progress)
      case 'rank-customers':
        return rankCustomers(options, progress)
    }
  })
}

async function scoreOrders(options: OptionsOf<'score-orders'>, progress: EvaluationProgress): Promise<void> {
  const file = await readOrderFile(options.path, progress)
  const at = options.cutoff ?? defaultCutoff(file)
  assertAnythingBefore(options.path, file, at)
  const split = splitLog(file.log, daysOf(at))
  if (split.tests.length === 0) {
    throw new Error(
      `No customer has an order before ${at.toISOString()} and one from then on; ${spanOf(options.path, file)}.`,
    )
  }
  const data = {
    protocol: 'temporal-split',
    file: path.basename(options.path),
    lines: file.lineCount,
    orders: file.log.placedAt.length,
    customers: file.customers.length,
    items: file.skus.length,
    cutoff: { at, isGiven: options.cutoff !== null },
  } as const
  await score(split, data, ['next-basket', 'discovery'], options.json, progress)
}

async function scoreSequences(options: OptionsOf<'score-sequences'>, progress: EvaluationProgress): Promise<void> {
  const file = await readSequenceFile(options.path, progress)
  const split = splitLog(file.log, 0)
  if (split.tests.length === 0)
    throw new Error(`No user of ${options.path} has two items, one to learn from and one to test.`)
  const data = {
    protocol: 'leave-one-out',
    file: path.basename(options.path),
    lines: file.lineCount,
    orders: file.log.placedAt.length,
    customers: file.userCount,
    items: file.itemCount,
    cutoff: null,
  } as const
  await score(split, data, ['discovery'], options.json, progress)
}

async function score(
  split: SplitLog,
  data: EvaluatedData,
  questions: readonly Question[],
  json: string | null,
  progress: EvaluationProgress,
): Promise<void> {
  const contenders = [...baselines(progress.onStep), ...servedModel(progress.onStep).contenders]
  const evaluation = await evaluateContenders(split, questions, contenders, progress)
  // Kilobytes, says getrusage on Linux and libuv elsewhere.
  const report = evaluationReport(data, evaluation, process.resourceUsage().maxRSS * 1024)
  if (json !== null) await replaceFile(json, (append) => append(`${JSON.stringify(report, null, 2)}\n`))
  process.stdout.write(printReport(report))
}

async function rankCustomers(options: OptionsOf<'rank-customers'>, progress: EvaluationProgress): Promise<void> {
  const { path: orders, cutoff, ranking } = options
  const { log, customers, skus, ...file } = await readOrderFile(orders, progress)
  if (cutoff !== null) assertAnythingBefore(orders, file, cutoff)
  const known = { log, customers, skus, cutoff: cutoff === null ? null : daysOf(cutoff) }
  progress.onFit('the served model')
  const lines = await writeRanking(servedModel(progress.onStep), known, ranking)
  process.stdout.write(
    `\n  ${ranking.path}: ${lines.toLocaleString('en')} lines for ${customers.length.toLocaleString('en')} customers\n\n`,
  )
}

type TimeSpan = Pick<OrderFile, 'firstPlacedAt' | 'lastPlacedAt'>

function defaultCutoff({ firstPlacedAt, lastPlacedAt }: TimeSpan): Date {
  return new Date(firstPlacedAt.getTime() + Math.floor(trainShare * (lastPlacedAt.getTime() - firstPlacedAt.getTime())))
}

function assertAnythingBefore(file: string, span: TimeSpan, cutoff: Date): void {
  if (span.firstPlacedAt < cutoff) return
  throw new Error(`No order was placed before ${cutoff.toISOString()}; ${spanOf(file, span)}.`)
}

function spanOf(file: string, { firstPlacedAt, lastPlacedAt }: TimeSpan): string {
  return `${file} goes from ${firstPlacedAt.toISOString()} to ${lastPlacedAt.toISOString()}`
}
