import { type Progress, progressOn } from '@cartograph/command-line'
import { demoShop } from '@cartograph/shop-data'
import type { StackDatabases } from '../stack.ts'
import { fillShop } from './fill-shop.ts'
import { readShopFile, writeShopFile } from './shop-file.ts'

/** About as many records as the demo shop has; the bar needs no more. */
const expectedRecords = 7_777

/** Fills an empty shop with the demo shop. A fill that was interrupted is completed as it was begun. */
export async function fillDemoWhenEmpty(
  dataDir: string,
  databases: StackDatabases,
  progress: Progress,
  now: () => Date,
): Promise<void> {
  const shop = readShopFile(dataDir)
  if (shop.filledWith.length > 0) return
  const demoBegunAt = shop.demoBegunAt ?? now().toISOString()
  writeShopFile(dataDir, { ...shop, demoBegunAt })
  const bar = progress.bar('Filling the demo shop', expectedRecords)
  await fillShop(databases, demoShop({ seed: 1, now: new Date(demoBegunAt) }), () => bar.advance(1))
  bar.done()
  writeShopFile(dataDir, { filledWith: ['demo'], demoBegunAt })
}

/** The demo shop for tests: its year of orders ends at a fixed instant, so that every run sees the same. */
export async function ensureDemoShop(dataDir: string, databases: StackDatabases): Promise<void> {
  await fillDemoWhenEmpty(dataDir, databases, progressOn(process.stdout), () => new Date('2026-01-01T00:00:00Z'))
}
