import type { WriteStream } from 'node:tty'
import { type Bar, progressOn } from '@cartograph/command-line'
import type { EvaluationListener } from './evaluate-contenders.ts'
import type { ReadListener } from './files/read-order-file.ts'

export interface EvaluationProgress extends ReadListener, EvaluationListener {
  /** How far the contender is that is being fitted; only one that takes its time says so. */
  onStep(done: number, all: number): void
}

/** Shows on a terminal what takes its time; a stream that is none, a file or a pipe, gets nothing. */
export function showProgress(stream: WriteStream): EvaluationProgress {
  if (!stream.isTTY) return { onSize: () => {}, onBytes: () => {}, onFit: () => {}, onStep: () => {} }
  const progress = progressOn(stream)
  let bar: Bar | null = null
  let left = 0
  // The header is read before the size is told.
  let early = 0
  const begin = (label: string, total: number): void => {
    bar = progress.bar(label, total)
    left = total
  }
  const advance = (by: number): void => {
    left -= by
    bar?.advance(by)
    if (left <= 0) bar?.done()
  }
  return {
    onSize: (bytes) => {
      begin('Reading', bytes)
      advance(early)
    },
    onBytes: (count) => {
      if (bar === null) early += count
      else advance(count)
    },
    onFit: (name) => progress.step(`Fitting: ${name}`),
    onStep: (done, all) => {
      if (done === 1) begin('Learning', all)
      advance(1)
    },
  }
}
