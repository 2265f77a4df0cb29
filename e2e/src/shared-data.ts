import { existsSync } from 'node:fs'
import path from 'node:path'
import { root } from '@cartograph/local-stack'

/** The Online Retail files in ../shared, or null where that folder is absent. */
export function onlineRetailFiles(): { catalogue: string; orders: string } | null {
  const folder = path.join(root, '../shared/data/online-retail')
  const files = { catalogue: path.join(folder, 'catalogue.csv'), orders: path.join(folder, 'order_lines.csv.gz') }
  return Object.values(files).every((file) => existsSync(file)) ? files : null
}

/** For `test.skipIf`: prints why, where the real orders are absent. */
export function withoutRealData(what: string): boolean {
  const absent = onlineRetailFiles() === null
  if (absent) console.log(`skipped: ${what} (../shared/data/online-retail is absent)`)
  return absent
}
