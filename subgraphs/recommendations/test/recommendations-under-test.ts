import type { ShopRecord } from '@cartograph/contracts'
import { loadRecords, subgraphUnderTest, type SubgraphUnderTest } from '@cartograph/test-kit'
import { loadDefinition } from '../src/load-definition.ts'
import { start } from '../src/server.ts'

export const recommendationsUnderTest = () => subgraphUnderTest('recommendations', start)

/** What is stored but for how often and when it was computed: of the models what the one in use answers. */
export async function storedButVersions(shop: SubgraphUnderTest) {
  const { model: _, model_in_use: inUse, neighbour, product_demand: demand, ...rest } = await shop.stored()
  const version = inUse![0]!['version']
  return {
    ...rest,
    demand: demand!.map(({ changed_at: _at, ...row }) => row),
    neighbour: neighbour!.filter((row) => row['model_version'] === version).map(({ model_version: __, ...row }) => row),
  }
}

/** Runs the real load; a string is handed on as it is, to be a line that breaks. */
export const loadShop = ({ database }: SubgraphUnderTest, records: Iterable<ShopRecord | string>) =>
  loadRecords(loadDefinition, database.connectionString, records)
