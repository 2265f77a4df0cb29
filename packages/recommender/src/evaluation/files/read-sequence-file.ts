import { isUtf8 } from 'node:buffer'
import { BadCell, openBytes, quoted } from '@cartograph/shop-data'
import { buildOrderLog, type LoggedOrder, type OrderLog } from '../../order-log.ts'
import { numberNames } from './number-names.ts'
import { parseName } from './parse-cells.ts'
import type { ReadListener } from './read-order-file.ts'
import { RefusedLines } from './refused-lines.ts'

const NEWLINE = 0x0a
const BYTE_ORDER_MARK = '\ufeff'

/** What a file of sequences holds; users and items are numbered in the order of code points. */
export interface SequenceFile {
  readonly lineCount: number
  readonly userCount: number
  readonly itemCount: number
  readonly log: OrderLog
}

interface Sequence {
  readonly line: number
  readonly items: readonly string[]
}

/**
 * Reads what users did one thing after the other: a line is a user and their items, apart by spaces or tabs, plain or
 * gzip. There are no times, so each item is an order of its own, and item p of the n of a user stands at day p - n: the last of
 * everybody at day 0, all others before it. Cut at day 0, the log leaves one out of each user. Throws an Error that
 * names the file and its wrong lines when there is any, or the file when it cannot be read or holds nobody.
 */
export async function readSequenceFile(path: string, listener: ReadListener): Promise<SequenceFile> {
  const refused = new RefusedLines(path)
  const sequences = new Map<string, Sequence>()
  let number = 0
  // Blank lines are fine at the end alone: they are wrong as soon as a line follows that is not.
  let blank: number[] = []
  for await (const line of readLines(path, listener)) {
    number++
    try {
      const words = wordsOf(line, number)
      if (words.length === 0) {
        blank.push(number)
        continue
      }
      for (const at of blank) refused.add(at, 'the line is blank')
      blank = []
      addSequence(sequences, number, words)
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      refused.add(number, error.message)
    }
  }
  refused.throwIfAny()
  if (sequences.size === 0) throw new Error(`${path} is empty.`)
  return { lineCount: sequences.size, ...numberSequences(sequences) }
}

function wordsOf(line: Buffer, number: number): string[] {
  if (!isUtf8(line)) throw new BadCell('the line is not valid UTF-8')
  const text = line.toString('utf8')
  const unmarked = number === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  return unmarked.split(/[ \t\r]+/).filter((word) => word !== '')
}

function addSequence(sequences: Map<string, Sequence>, line: number, [first = '', ...rest]: string[]): void {
  const user = parseName('user', first)
  const earlier = sequences.get(user)
  if (earlier !== undefined) throw new BadCell(`user ${quoted(user)} was on line ${earlier.line}`)
  if (rest.length === 0) throw new BadCell(`user ${quoted(user)} has no item`)
  sequences.set(user, { line, items: rest.map((item) => parseName('item', item)) })
}

function numberSequences(sequences: ReadonlyMap<string, Sequence>): Omit<SequenceFile, 'lineCount'> {
  const users = numberNames(sequences.keys())
  const items = numberNames(sequences.values().flatMap((sequence) => sequence.items))
  const orders: LoggedOrder[] = []
  for (const [user, sequence] of sequences) {
    const customer = users.numberOf.get(user)!
    for (const [place, item] of sequence.items.entries()) {
      orders.push({ customer, placedAt: place + 1 - sequence.items.length, items: [items.numberOf.get(item)!] })
    }
  }
  const [userCount, itemCount] = [users.names.length, items.names.length]
  return { userCount, itemCount, log: buildOrderLog(itemCount, userCount, orders) }
}

async function* readLines(path: string, listener: ReadListener): AsyncGenerator<Buffer> {
  const refuse = (error: unknown): never => {
    throw new Error(`Cannot read ${path}: ${(error as Error).message}.`, { cause: error })
  }
  const { bytes, chunks } = await openBytes(path, (count) => listener.onBytes(count)).catch(refuse)
  listener.onSize(bytes)
  let rest: Buffer[] = []
  try {
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      let start = 0
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        yield Buffer.concat([...rest, chunk.subarray(start, end)])
        rest = []
        start = end + 1
      }
      rest.push(chunk.subarray(start))
    }
  } catch (error) {
    refuse(error)
  }
  const last = Buffer.concat(rest)
  if (last.length > 0) yield last
}
