import type { Bar, Progress } from '@cartograph/command-line'
import { readOnlineRetail } from '@cartograph/shop-data'
import type { StackDatabases } from '../stack.ts'
import { type FillCounts, fillShop } from './fill-shop.ts'
import { readShopFile, writeShopFile } from './shop-file.ts'

/** Malformed rows that are shown one by one; the rest is counted. */
const shownRows = 20

/** Loads the Online Retail files; a malformed row is named by its line and skipped. Loading twice adds nothing. */
export async function loadOnlineRetail(
  dataDir: string,
  databases: StackDatabases,
  files: { catalogue: string; orders: string },
  progress: Progress,
): Promise<FillCounts> {
  let malformed = 0
  let bar: Bar | null = null
  let seen = 0
  const records = readOnlineRetail({
    ...files,
    onMalformed(file, line, reason) {
      malformed += 1
      if (malformed <= shownRows) progress.step(`skipped ${file}:${line}: ${reason}`)
    },
    onProgress(bytesRead, bytesTotal) {
      bar ??= progress.bar('Loading online-retail', bytesTotal)
      bar.advance(bytesRead - seen)
      seen = bytesRead
    },
  })
  const counts = await fillShop(databases, records)
  ;(bar as Bar | null)?.done(malformed === 0 ? undefined : `${malformed} malformed rows skipped`)
  for (const [kind, { read, written }] of Object.entries(counts)) {
    progress.step(`${kind.padEnd(10)} ${String(read).padStart(7)} read, ${String(written).padStart(7)} new`)
  }
  const shop = readShopFile(dataDir)
  writeShopFile(dataDir, { ...shop, filledWith: [...new Set([...shop.filledWith, 'online-retail' as const])] })
  return counts
}
