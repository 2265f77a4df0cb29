import { pipeline } from 'node:stream'
import { parse, type Parser } from 'csv-parse'
import { openBytes } from './open-bytes.ts'
import { quoted } from './parse-fields.ts'
import { type LineProblem, sieveLines } from './sieve-lines.ts'

/** Columns of a header that lacks one which are shown. */
const SHOWN_COLUMNS = 20
/** Both ends of line, also mixed in one file. */
const RECORD_DELIMITER = ['\r\n', '\n']

/** A good row: its line in the file, counted from 1, and its cells in the order in which the columns were asked for. */
export interface CsvRow<Columns extends readonly string[]> {
  readonly line: number
  readonly cells: { readonly [Place in keyof Columns]: string }
}

/** Who is told of bad rows, and of each piece of the file (in bytes as stored) that has been read. */
export interface CsvListener {
  onProblem(problem: LineProblem): void
  onBytes(count: number): void
}

/** A CSV file whose header has been checked. */
export interface CsvFile<Columns extends readonly string[]> {
  readonly bytes: number
  /** The good rows, once. Throws an Error that names the file when it cannot be read to its end. */
  rows(): AsyncGenerator<CsvRow<Columns>, void, undefined>
  /** Lets go of the file, also before its end. */
  close(): void
}

interface ParsedRow {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/**
 * Opens a CSV file of UTF-8 text, plain or gzip (told by its first bytes), and reads its header. A row is one line;
 * a line that is no such row is told to the listener, in the order of the lines, and skipped. Throws an Error that
 * names the file when it cannot be opened, is empty or lacks a column; of the latter it says which there are.
 */
export async function openCsv<const Columns extends readonly string[]>(
  path: string,
  columns: Columns,
  listener: CsvListener,
): Promise<CsvFile<Columns>> {
  const problems: LineProblem[] = []
  const { parser, bytes } = await startParsing(path, problems, listener).catch(refuse(path))
  const parsed: AsyncIterator<ParsedRow, void> = parser[Symbol.asyncIterator]()
  const header = await parsed.next().catch(refuse(path))
  const names = header.done === true ? [] : header.value.record.map((name) => name.trim())
  const missing = columns.find((column) => !names.includes(column))
  if (missing !== undefined) {
    parser.destroy()
    throw new Error(withoutColumn(path, missing, names, problems[0]))
  }
  const places = columns.map((column) => names.indexOf(column))
  async function* rows(): AsyncGenerator<CsvRow<Columns>, void, undefined> {
    for (;;) {
      const { done, value }: IteratorResult<ParsedRow, void> = await parsed.next().catch(refuse(path))
      const line = done === true ? Number.POSITIVE_INFINITY : value.info.lines
      while (problems[0] !== undefined && problems[0].line < line) listener.onProblem(problems.shift() as LineProblem)
      if (done === true) return
      const { record } = value
      if (record.length === names.length) {
        yield { line, cells: places.map((at) => record[at] ?? '') as unknown as CsvRow<Columns>['cells'] }
      } else {
        listener.onProblem({ line, reason: `expected ${names.length} columns, found ${record.length}` })
      }
    }
  }
  return { bytes, rows, close: () => void parser.destroy() }
}

async function startParsing(
  path: string,
  problems: LineProblem[],
  { onBytes }: CsvListener,
): Promise<{ parser: Parser; bytes: number }> {
  const { bytes, chunks } = await openBytes(path, onBytes)
  const lines = (stored: AsyncIterable<Buffer>): AsyncGenerator<Buffer> => sieveLines(stored, problems)
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: RECORD_DELIMITER,
  })
  // A failure destroys the parser, whose reader then throws it; there is nothing to do here.
  const ignore = (): void => {}
  pipeline(chunks, lines, parser, ignore)
  return { parser, bytes }
}

function withoutColumn(path: string, missing: string, names: string[], problem: LineProblem | undefined): string {
  // A first line that was no line at all was passed over, and its neighbour taken for the header.
  if (problem?.line === 1) return `Cannot read ${path}: in line 1 ${problem.reason}.`
  if (names.length === 0) return `${path} is empty.`
  const shown = names.slice(0, SHOWN_COLUMNS).map(quoted).join(', ')
  const rest = names.length > SHOWN_COLUMNS ? ` and ${names.length - SHOWN_COLUMNS} more` : ''
  return `The first line of ${path} names no column "${missing}", but ${shown}${rest}.`
}

function refuse(path: string): (cause: Error) => Promise<never> {
  return (cause) => Promise.reject(new Error(`Cannot read ${path}: ${cause.message}.`, { cause }))
}
