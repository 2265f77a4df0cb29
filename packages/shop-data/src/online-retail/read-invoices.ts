import type { CatalogueEntry } from './read-catalogue.ts'
import type { CsvListener, CsvRow } from './open-csv.ts'
import {
  BadCell,
  parseCode,
  parseCustomer,
  parseInstant,
  parsePence,
  parseQuantity,
  parseText,
  quoted,
} from './parse-fields.ts'

export const ORDER_COLUMNS = [
  'invoice',
  'placed_at',
  'customer',
  'country',
  'sku',
  'quantity',
  'unit_price_gbp',
] as const

/** Neighbouring lines of one invoice and one customer. */
export interface Invoice {
  /** Unique: an invoice number that comes back gets -2, -3 … */
  readonly number: string
  readonly customer: string
  readonly placedAt: Date
  readonly lines: InvoiceLine[]
}

export interface InvoiceLine {
  readonly entry: CatalogueEntry
  readonly quantity: number
  /** Pence. */
  readonly unitPrice: number
}

type OrderRow = CsvRow<typeof ORDER_COLUMNS>

/** The invoices in the order of the file; holds one at a time, and of the earlier ones the numbers alone. */
export async function* readInvoices(
  rows: AsyncIterable<OrderRow>,
  entries: ReadonlyMap<string, CatalogueEntry>,
  onProblem: CsvListener['onProblem'],
): AsyncGenerator<Invoice, void, undefined> {
  const seen = new Map<string, number>()
  let current: Invoice | null = null
  let lastHead: Head | null = null
  for await (const { line, cells } of rows) {
    try {
      const head = parseHead(cells, lastHead)
      const invoiceLine = parseLine(cells, entries)
      const { code, customer, placedAt } = head
      if (current === null || code !== lastHead?.code || customer !== lastHead.customer) {
        if (current !== null) yield current
        const part = (seen.get(code) ?? 0) + 1
        seen.set(code, part)
        current = { number: part === 1 ? code : `${code}-${part}`, customer, placedAt, lines: [] }
      }
      lastHead = head
      current.lines.push(invoiceLine)
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      onProblem({ line, reason: error.message })
    }
  }
  if (current !== null) yield current
}

/** What the lines of an invoice have in common, with the cells it was read from. */
interface Head {
  readonly cells: OrderRow['cells']
  readonly code: string
  readonly customer: string
  readonly placedAt: Date
}

/** Neighbours mostly share their head, and to parse it costs more than the rest of the row. */
function parseHead(cells: OrderRow['cells'], last: Head | null): Head {
  const [invoice, placedAt, customer] = cells
  const [lastInvoice, lastPlacedAt, lastCustomer] = last?.cells ?? []
  if (last !== null && invoice === lastInvoice && placedAt === lastPlacedAt && customer === lastCustomer) return last
  return {
    cells,
    code: parseCode('invoice', invoice),
    placedAt: parseInstant('placed_at', placedAt),
    customer: parseCustomer(customer),
  }
}

function parseLine(cells: OrderRow['cells'], entries: ReadonlyMap<string, CatalogueEntry>): InvoiceLine {
  const [, , , , skuCell, quantityCell, priceCell] = cells
  const sku = parseText('sku', skuCell)
  const entry = entries.get(sku)
  if (entry === undefined) throw new BadCell(`sku ${quoted(sku)} is not in the catalogue`)
  return {
    entry,
    quantity: parseQuantity(quantityCell),
    unitPrice: parsePence('unit_price_gbp', priceCell),
  }
}
