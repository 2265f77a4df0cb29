import type { ShopRecord } from '@cartograph/contracts'
import { loadRecords, subgraphUnderTest, type SubgraphUnderTest } from '@cartograph/test-kit'
import { loadDefinition } from '../src/load-definition.ts'
import { start } from '../src/server.ts'

export const recommendationsUnderTest = () => subgraphUnderTest('recommendations', start)

/** Runs the real load; a string is handed on as it is, to be a line that breaks. */
export const loadShop = ({ database }: SubgraphUnderTest, records: Iterable<ShopRecord | string>) =>
  loadRecords(loadDefinition, database.connectionString, records)
