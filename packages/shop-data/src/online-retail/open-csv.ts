import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse, type Parser } from 'csv-parse'
import { type LineProblem, sieveLines } from './sieve-lines.ts'

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])
const CHUNK = 65_536
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
 * names the file when it cannot be opened or lacks a column.
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
    throw new Error(`The first line of ${path} names no column "${missing}".`)
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
  const handle = await open(path)
  const { size } = await handle.stat()
  const { buffer } = await handle.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0)
  const stored = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      onBytes(chunk.length)
      yield chunk
    }
  }
  const lines = (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> => sieveLines(chunks, problems)
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: RECORD_DELIMITER,
  })
  const source = handle.createReadStream({ start: 0 })
  // A failure destroys the parser, whose reader then throws it; there is nothing to do here.
  const ignore = (): void => {}
  if (buffer.equals(GZIP_MAGIC)) pipeline(source, stored, createGunzip({ chunkSize: CHUNK }), lines, parser, ignore)
  else pipeline(source, stored, lines, parser, ignore)
  return { parser, bytes: size }
}

function refuse(path: string): (cause: Error) => Promise<never> {
  return (cause) => Promise.reject(new Error(`Cannot read ${path}: ${cause.message}.`, { cause }))
}
