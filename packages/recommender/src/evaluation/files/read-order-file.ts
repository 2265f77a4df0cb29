import { BadCell, type CsvRow, openCsv, quoted } from '@cartograph/shop-data'
import { buildOrderLog, daysOf, type OrderLog } from '../../order-log.ts'
import { type NumberedNames, numberNames } from './number-names.ts'
import { checkQuantity, parseCustomer, parseName, parsePlacedAt } from './parse-cells.ts'
import { RefusedLines } from './refused-lines.ts'

const columns = ['invoice', 'placed_at', 'customer', 'sku', 'quantity'] as const

/** What a file of orders holds. */
export interface OrderFile {
  readonly lineCount: number
  /** The name of each customer, by number: the order of code points. */
  readonly customers: readonly string[]
  /** The SKU of each item, by number: the order of code points. */
  readonly skus: readonly string[]
  readonly log: OrderLog
  readonly firstPlacedAt: Date
  readonly lastPlacedAt: Date
}

/** Who is told of the file's size, and of each piece (in bytes as stored) that has been read. */
export interface ReadListener {
  onSize(bytes: number): void
  onBytes(count: number): void
}

interface Invoice {
  readonly number: string
  readonly customer: string
  readonly firstLine: number
  placedAt: Date
  readonly skus: string[]
}

/**
 * Reads the orders of a CSV file, plain or gzip, whose lines may come in any order: those of one invoice are one order,
 * placed at the earliest of their times. Throws an Error that names the file and its wrong lines when there is any, or
 * the file when it cannot be read, lacks a column or holds no order.
 */
export async function readOrderFile(path: string, listener: ReadListener): Promise<OrderFile> {
  const refused = new RefusedLines(path)
  const file = await openCsv(path, columns, {
    onProblem: ({ line, reason }) => refused.add(line, reason),
    onBytes: (count) => listener.onBytes(count),
  })
  try {
    listener.onSize(file.bytes)
    const invoices = new Map<string, Invoice>()
    let lineCount = 0
    for await (const row of file.rows()) {
      lineCount++
      try {
        addLine(invoices, row)
      } catch (error) {
        if (!(error instanceof BadCell)) throw error
        refused.add(row.line, error.message)
      }
    }
    refused.throwIfAny()
    if (lineCount === 0) throw new Error(`${path} has a header and no orders.`)
    return { lineCount, ...numberOrders([...invoices.values()]) }
  } finally {
    file.close()
  }
}

function addLine(invoices: Map<string, Invoice>, { line, cells }: CsvRow<typeof columns>): void {
  const number = parseName('invoice', cells[0])
  const placedAt = parsePlacedAt(cells[1])
  const customer = parseCustomer(cells[2])
  const sku = parseName('sku', cells[3])
  checkQuantity(cells[4])
  const invoice = invoices.get(number)
  if (invoice === undefined) {
    invoices.set(number, { number, customer, firstLine: line, placedAt, skus: [sku] })
    return
  }
  if (invoice.customer !== customer) {
    const [here, there] = [quoted(customer), quoted(invoice.customer)]
    throw new BadCell(
      `invoice ${quoted(number)} is of customer ${here} here and of ${there} in line ${invoice.firstLine}`,
    )
  }
  if (placedAt < invoice.placedAt) invoice.placedAt = placedAt
  invoice.skus.push(sku)
}

function numberOrders(invoices: readonly Invoice[]): Omit<OrderFile, 'lineCount'> {
  const customers = numberNames(invoices.map(({ customer }) => customer))
  const skus = numberNames(invoices.flatMap((invoice) => invoice.skus))
  // Orders of one customer at one time stand by their numbers, whatever the order of the lines was.
  const byNumber = numberNames(invoices.map(({ number }) => number)).numberOf
  const sorted = invoices.toSorted((one, other) => byNumber.get(one.number)! - byNumber.get(other.number)!)
  const orders = sorted.map((invoice) => ({
    customer: numberIn(customers, invoice.customer),
    placedAt: daysOf(invoice.placedAt),
    items: invoice.skus.map((sku) => numberIn(skus, sku)),
  }))
  const [first] = invoices
  let [firstPlacedAt, lastPlacedAt] = [first!.placedAt, first!.placedAt]
  for (const { placedAt } of invoices) {
    if (placedAt < firstPlacedAt) firstPlacedAt = placedAt
    if (placedAt > lastPlacedAt) lastPlacedAt = placedAt
  }
  return {
    customers: customers.names,
    skus: skus.names,
    log: buildOrderLog(skus.names.length, customers.names.length, orders),
    firstPlacedAt,
    lastPlacedAt,
  }
}

function numberIn({ numberOf }: NumberedNames, name: string): number {
  return numberOf.get(name)!
}
