import { tmpdir } from 'node:os'
import path from 'node:path'
import type { OrderRecord } from '@cartograph/contracts'
import { loadRecords, subgraphUnderTest, type SubgraphUnderTest } from '@cartograph/test-kit'
import { loadDefinition } from '../src/load-definition.ts'
import { start } from '../src/server.ts'

/** Nobody listens there: what a test of this service alone asks, it answers alone. */
const peer = (name: string) => ({
  [`${name}_URL`]: 'http://127.0.0.1:9',
  [`${name}_SIGNING_SECRET`]: 'a secret of at least thirty-two characters',
})

export const ordersUnderTest = () =>
  subgraphUnderTest('orders', start, {
    ...Object.assign({}, ...['CARTS', 'INVENTORY', 'PARTNERS', 'PRODUCTS', 'RECOMMENDATIONS'].map(peer)),
    PAYMENT_PROVIDER: 'sandbox',
    MAILBOX_DIR: path.join(tmpdir(), 'cartograph-no-mailbox'),
  })

/** Runs the real load; a string is handed on as it is, to be a line that breaks. */
export const loadOrders = ({ database }: SubgraphUnderTest, records: Iterable<OrderRecord | string>) =>
  loadRecords(loadDefinition, database.connectionString, records)
