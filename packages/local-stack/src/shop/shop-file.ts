import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const shopFile = z.object({
  /** What the shop was filled with; a set that is being filled is not there yet. */
  filledWith: z.array(z.enum(['demo', 'online-retail'])),
  /** When the demo shop was begun: its year of orders ends then, also when a second start has to finish it. */
  demoBegunAt: z.iso.datetime().optional(),
})

export type ShopFile = z.infer<typeof shopFile>

/** What is known of the shop in `dataDir`; an empty shop when nothing is. */
export function readShopFile(dataDir: string): ShopFile {
  try {
    return shopFile.parse(JSON.parse(readFileSync(path.join(dataDir, 'shop.json'), 'utf8')))
  } catch {
    return { filledWith: [] }
  }
}

/** Writes it whole or not at all. */
export function writeShopFile(dataDir: string, content: ShopFile): void {
  mkdirSync(dataDir, { recursive: true })
  const file = path.join(dataDir, 'shop.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}
