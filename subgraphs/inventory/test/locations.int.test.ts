import { randomUUID } from 'node:crypto'
import { errorCodes, numbered, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inventoryUnderTest, type InventoryUnderTest } from './inventory-under-test.ts'

let inventory: InventoryUnderTest
const staff = user(randomUUID(), ['inventory:read', 'inventory:write'])

beforeAll(async () => {
  inventory = await inventoryUnderTest()
})
afterAll(() => inventory.stop())

const create = (name: string, countryCode: string, viewer = staff) =>
  inventory.ask<{
    stockLocationCreate: { stockLocation: { id: string } | null; userErrors: { code: string }[] } | null
  }>(
    viewer,
    `mutation ($name: String!, $countryCode: String!) { stockLocationCreate(name: $name, countryCode: $countryCode) {
      stockLocation { id name countryCode } userErrors { code path } } }`,
    { name, countryCode },
  )

test('a location is made once, also when it is asked for many times at once', async () => {
  const answers = await Promise.all(numbered(8, () => create(' Lyon ', 'FR')))
  const [location] = await inventory.sql(`select * from stock_location where name = 'Lyon'`)
  expect(location).toMatchObject({ name: 'Lyon', country_code: 'FR' })
  for (const { data } of answers)
    expect(data.stockLocationCreate).toMatchObject({
      stockLocation: { name: 'Lyon', countryCode: 'FR' },
      userErrors: [],
    })
  expect(new Set(answers.map(({ data }) => data.stockLocationCreate!.stockLocation!.id)).size).toBe(1)
})

test.each([
  ['no name', ' ', 'GB', 'INVALID_INPUT', 'name'],
  ['a name without end', 'x'.repeat(101), 'GB', 'INVALID_INPUT', 'name'],
  ['no country', 'Leeds', 'gb', 'INVALID_INPUT', 'countryCode'],
  ['a name that is taken in another country', 'Paris', 'US', 'LOCATION_NAME_TAKEN', 'name'],
])('refuses %s, and nothing is made', async (_, name, countryCode, code, path) => {
  await create('Paris', 'FR')
  const before = await inventory.stored()
  const { data } = await create(name, countryCode)
  expect(data.stockLocationCreate).toEqual({ stockLocation: null, userErrors: [{ code, path: [path] }] })
  expect(await inventory.stored()).toEqual(before)
})

test('needs inventory:write, and nothing is made without', async () => {
  const before = await inventory.stored()
  expect(errorCodes(await create('Leeds', 'GB', user(randomUUID(), ['inventory:read'])))).toEqual(['FORBIDDEN'])
  expect(await inventory.stored()).toEqual(before)
})
