import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inventoryUnderTest, type InventoryUnderTest, line } from './inventory-under-test.ts'

let inventory: InventoryUnderTest
const variantIds: string[] = []

beforeAll(async () => {
  inventory = await inventoryUnderTest()
  for (let count = 0; count < 20; count += 1) variantIds.push(await inventory.stocks({ Main: 50, Annex: 50 }))
})
afterAll(() => inventory.stop())

const lines = (count: number, quantity = 1) => variantIds.slice(0, count).map((id) => line(id, quantity))
const verbs = async (work: () => Promise<unknown>) =>
  (await inventory.statementsOf(work)).map((text) => text.trim().split(/\s/, 1)[0]!.toLowerCase())

/** The transaction and the statement of the inbox. */
const inInbox = (...statements: string[]) => ['begin', ...statements, 'insert', 'commit']

test.each([1, 20])('a reservation of %i lines is two statements', async (count) => {
  expect(await verbs(() => inventory.reserve(randomUUID(), lines(count)))).toEqual(inInbox('with', 'with'))
})

test.each([1, 20])('one of %i lines that is short is two, and locks no level', async (count) => {
  const statements = await inventory.statementsOf(() => inventory.reserve(randomUUID(), lines(count, 1_000)))
  expect(statements).toHaveLength(5)
  expect(statements[2]).not.toContain('for no key update')
})

test.each([1, 20])('releasing, selling and taking back %i lines is two, one and four', async (count) => {
  const [released, sold] = [randomUUID(), randomUUID()]
  for (const id of [released, sold]) await inventory.reserve(id, lines(count))
  expect(await verbs(() => inventory.release(released))).toEqual(inInbox('insert', 'with'))
  expect(await verbs(() => inventory.placed(sold, lines(count)))).toEqual(inInbox('with'))
  expect(await verbs(() => inventory.cancelled(sold, lines(count)))).toEqual(
    inInbox('with', 'select', 'select', 'with'),
  )
})
