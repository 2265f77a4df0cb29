import { existsSync, readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { startPostgres } from '../postgres/start-postgres.ts'
import { takeLock } from '../shop-locks.ts'

/** All that a shop keeps in its folder. */
const ownEntries = ['postgres', 'secrets.json', 'secrets.json.new', 'shop.json', 'shop.json.new']

/**
 * Removes the shop in `dataDir` with all its data, and nothing that is not a shop's. Throws one sentence when a shop or
 * a load runs there, and when the folder holds something else.
 */
export async function discardShop(dataDir: string): Promise<void> {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return
  const postgresDir = path.join(dataDir, 'postgres')
  if (!existsSync(postgresDir)) throw new Error(`${dataDir} holds no shop; --fresh removes nothing there.`)
  const postgres = await startPostgres({ dataDir: postgresDir })
  // Both are held until the server is down, and end with it.
  const locks = [await takeLock(postgres, 'shop'), await takeLock(postgres, 'filling')]
  if (locks.includes(null)) {
    for (const lock of locks) await lock?.release()
    throw new Error(`A shop runs on ${dataDir}, or is being loaded; stop it before starting a fresh one.`)
  }
  await postgres.stop()
  // The cluster may be a link to where the database's own account can reach it.
  rmSync(realpathSync(path.join(postgresDir, 'cluster')), { recursive: true, force: true })
  for (const entry of ownEntries) rmSync(path.join(dataDir, entry), { recursive: true, force: true })
  if (readdirSync(dataDir).length === 0) rmdirSync(dataDir)
}
