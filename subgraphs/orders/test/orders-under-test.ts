import type { OrderRecord } from '@cartograph/contracts'
import { loadRecords, subgraphUnderTest, type SubgraphUnderTest } from '@cartograph/test-kit'
import { loadDefinition } from '../src/load-definition.ts'
import { start } from '../src/server.ts'

export const ordersUnderTest = () => subgraphUnderTest('orders', start)

/** Runs the real load; a string is handed on as it is, to be a line that breaks. */
export const loadOrders = ({ database }: SubgraphUnderTest, records: Iterable<OrderRecord | string>) =>
  loadRecords(loadDefinition, database.connectionString, records)
