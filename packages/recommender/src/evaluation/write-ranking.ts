import { historyOf } from '../ranking.ts'
import { type OrderLog, ordersBefore } from '../order-log.ts'
import { replaceFile } from './files/replace-file.ts'
import type { ServedModel, Surface } from './served-model.ts'

export interface RankingFile {
  readonly path: string
  readonly surface: Surface
  /** Items for each customer, at most. */
  readonly count: number
}

/** What is known when rankings are made. */
export interface KnownOrders {
  /** By number. */
  readonly customers: readonly string[]
  /** By number. */
  readonly skus: readonly string[]
  /** All orders of the file. */
  readonly log: OrderLog
  /** Orders from then on are not known, in days since 1970; null when all are, and it is the time of the last. */
  readonly cutoff: number | null
}

/**
 * Fits the model on what is known and writes, for every customer of the file in the order of code points, what the
 * service would show them on a surface: `customer,sku`, the best first. Whoever has no order yet is a new customer.
 * The file is written whole or not at all, and takes the place of one that was there. Answers how many lines it has.
 */
export async function writeRanking(model: ServedModel, known: KnownOrders, file: RankingFile): Promise<number> {
  const { customers, skus, log, cutoff } = known
  const train = cutoff === null ? log : ordersBefore(log, cutoff)
  const now = cutoff ?? log.placedAt.reduce((latest, at) => Math.max(latest, at), Number.NEGATIVE_INFINITY)
  const rankAs = await model.fit(train, now)
  let lines = 0
  await replaceFile(file.path, async (append) => {
    await append('customer,sku\n')
    for (const [number, customer] of customers.entries()) {
      const ranking = rankAs(file.surface, historyOf(train, number), file.count)
      const cell = csvCell(customer)
      await append(Array.from(ranking, (item) => `${cell},${csvCell(skus[item]!)}\n`).join(''))
      lines += ranking.length
    }
  })
  return lines
}

/** Text as a cell of RFC 4180: in quotes where it would else be taken for more than one cell. */
function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
