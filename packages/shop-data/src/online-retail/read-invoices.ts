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
  let currentCode = ''
  let time = new Date(0)
  let timeCell = ''
  for await (const { line, cells } of rows) {
    try {
      const [invoiceCell, placedAtCell, customerCell, , skuCell, quantityCell, priceCell] = cells
      const code = parseCode('invoice', invoiceCell)
      // Neighbours mostly share their time, and to parse a time costs more than the rest of the row.
      if (placedAtCell !== timeCell) time = parseInstant('placed_at', placedAtCell)
      timeCell = placedAtCell
      const customer = parseCustomer(customerCell)
      const invoiceLine = parseLine(skuCell, quantityCell, priceCell, entries)
      if (current === null || code !== currentCode || customer !== current.customer) {
        if (current !== null) yield current
        const part = (seen.get(code) ?? 0) + 1
        seen.set(code, part)
        currentCode = code
        current = { number: part === 1 ? code : `${code}-${part}`, customer, placedAt: time, lines: [] }
      }
      current.lines.push(invoiceLine)
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      onProblem({ line, reason: error.message })
    }
  }
  if (current !== null) yield current
}

function parseLine(
  skuCell: string,
  quantityCell: string,
  priceCell: string,
  entries: ReadonlyMap<string, CatalogueEntry>,
): InvoiceLine {
  const sku = parseText('sku', skuCell)
  const entry = entries.get(sku)
  if (entry === undefined) throw new BadCell(`sku ${quoted(sku)} is not in the catalogue`)
  return {
    entry,
    quantity: parseQuantity(quantityCell),
    unitPrice: parsePence('unit_price_gbp', priceCell),
  }
}
