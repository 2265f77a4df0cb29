import type { ShopRecord } from '@cartograph/contracts'
import { type Lock, takeLock } from '../shop-locks.ts'
import type { StackDatabases } from '../stack.ts'
import { type Subgraph } from '../workspace.ts'
import { type LoadProcess, startLoad } from './load-process.ts'

/** Which services keep a part of which record. */
const receivers: Record<ShopRecord['kind'], readonly Subgraph[]> = {
  category: ['products', 'recommendations'],
  product: ['products', 'recommendations'],
  stock: ['inventory'],
  customer: ['users'],
  order: ['orders', 'recommendations'],
  cart: ['carts'],
}

export type FillCounts = Record<string, { read: number; written: number }>

/** Two fills at once would each wait for what the other holds in another database, and no server would see why. */
async function lockFilling(databases: StackDatabases): Promise<Lock> {
  const lock = await takeLock(databases.postgres, 'filling')
  if (!lock) throw new Error('Another load is filling this shop; wait for it to end.')
  return lock
}

/**
 * Hands a stream of records to the services' own load programs, each in a process and a transaction of its own. When
 * any of them fails the others are stopped and nothing they had not finished stays; a second run completes it. Answers
 * the counts of each kind by the service that owns it.
 */
export async function fillShop(
  databases: StackDatabases,
  records: Iterable<ShopRecord> | AsyncIterable<ShopRecord>,
  onRecord: (record: ShopRecord) => void = () => {},
): Promise<FillCounts> {
  const lock = await lockFilling(databases)
  const names = [...new Set(Object.values(receivers).flat())]
  const loads = new Map<Subgraph, LoadProcess>(names.map((name) => [name, startLoad(name, databases.urlOf(name))]))
  try {
    for await (const record of records) {
      const line = `${JSON.stringify(record)}\n`
      for (const name of receivers[record.kind]) await loads.get(name)!.write(line)
      onRecord(record)
    }
    const counts = await Promise.all([...loads].map(async ([name, load]) => [name, await load.end()] as const))
    const owned = counts.flatMap(([name, byKind]) =>
      Object.entries(byKind).filter(([kind]) => receivers[kind as ShopRecord['kind']][0] === name),
    )
    return Object.fromEntries(owned)
  } catch (error) {
    for (const load of loads.values()) load.kill()
    throw error
  } finally {
    await lock.release()
  }
}
