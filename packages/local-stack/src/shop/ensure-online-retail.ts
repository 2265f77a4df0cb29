import { progressOn } from '@cartograph/command-line'
import type { StackDatabases } from '../stack.ts'
import { loadOnlineRetail } from './load-online-retail.ts'
import { readShopFile } from './shop-file.ts'

/** Loads the Online Retail files unless this shop has them already: for benches and tests that only read. */
export async function ensureShopOfOnlineRetail(
  dataDir: string,
  databases: StackDatabases,
  files: { catalogue: string; orders: string },
): Promise<void> {
  if (readShopFile(dataDir).filledWith.includes('online-retail')) return
  await loadOnlineRetail(dataDir, databases, files, progressOn(process.stdout))
}
