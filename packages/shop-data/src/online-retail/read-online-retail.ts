import type { ShopRecord } from '@cartograph/contracts'
import { staffAccounts } from '../staff-accounts.ts'
import { retailCategories } from './derive-categories.ts'
import { openCsv, type CsvListener } from './open-csv.ts'
import { CATALOGUE_COLUMNS, readCatalogue, SHOP_OPENED, type CatalogueEntry } from './read-catalogue.ts'
import { ORDER_COLUMNS, readInvoices } from './read-invoices.ts'
import { retailCustomers } from './retail-customers.ts'
import { retailOrder } from './retail-order.ts'
import { retailStock } from './retail-stock.ts'

/** The two files of the Online Retail dataset, plain or gzip, and who is told about them. */
export interface OnlineRetailSource {
  readonly catalogue: string
  readonly orders: string
  /** Told of each row that was skipped, by file and line (counted from 1), and why. */
  onMalformed(file: string, line: number, reason: string): void
  /** Told how much of both files, in bytes as stored, has been read. */
  onProgress?(bytesRead: number, bytesTotal: number): void
  /** How many customers, by first appearance, get the demo password; 10 unless given. */
  readonly demoPasswords?: number
}

/**
 * Streams the dataset as shop records: categories, products, the administrator, then orders in the order of the file,
 * each customer before their first order, and at the end stock and a cart. Keeps the catalogue and the numbers of
 * customers and invoices in memory, no orders. Throws an Error that names the file when one cannot be read to its end,
 * and before the first record when one cannot be opened or lacks a column.
 */
export async function* readOnlineRetail(source: OnlineRetailSource): AsyncGenerator<ShopRecord, void, undefined> {
  const { catalogue, orders, demoPasswords = 10 } = source
  let bytesRead = 0
  let bytesTotal = 0
  const listen = (file: string): CsvListener => ({
    onProblem: ({ line, reason }) => source.onMalformed(file, line, reason),
    onBytes: (count) => {
      bytesRead += count
      if (bytesTotal > 0) source.onProgress?.(bytesRead, bytesTotal)
    },
  })
  const catalogueListener = listen(catalogue)
  const orderListener = listen(orders)
  const catalogueFile = await openCsv(catalogue, CATALOGUE_COLUMNS, catalogueListener)
  try {
    const orderFile = await openCsv(orders, ORDER_COLUMNS, orderListener)
    try {
      bytesTotal = catalogueFile.bytes + orderFile.bytes
      source.onProgress?.(bytesRead, bytesTotal)
      const entries = new Map<string, CatalogueEntry>()
      yield* retailCategories()
      yield* readCatalogue(catalogueFile.rows(), entries, catalogueListener.onProblem)
      yield* staffAccounts(SHOP_OPENED).slice(0, 1)

      const customers = retailCustomers(demoPasswords)
      let first: Date | null = null
      let last: Date | null = null
      for await (const invoice of readInvoices(orderFile.rows(), entries, orderListener.onProblem)) {
        const customer = customers.meet(invoice)
        if (customer !== null) yield customer
        if (first === null || invoice.placedAt < first) first = invoice.placedAt
        if (last === null || invoice.placedAt > last) last = invoice.placedAt
        for (const { entry, quantity } of invoice.lines) entry.unitsSold += quantity
        yield retailOrder(invoice)
      }

      yield* retailStock(entries.values(), first ?? SHOP_OPENED, last ?? SHOP_OPENED)
      const cart = customers.cart()
      if (cart !== null) yield cart
    } finally {
      orderFile.close()
    }
  } finally {
    catalogueFile.close()
  }
}
