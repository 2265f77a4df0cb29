import { expect, test } from 'vitest'
import { nodeTypeOfGlobalId, fromGlobalId, idPrefixes, toGlobalId, tryFromGlobalId, type EntityName } from './index.ts'

const uuid = '0189d0e2-6f9f-7c3e-9a2b-0c1d2e3f4a5b'
const refusal = (code: string) =>
  expect.objectContaining({ extensions: expect.objectContaining({ code }) as unknown }) as Error

test.each(Object.keys(idPrefixes) as EntityName[])('an id of %s goes there and back, and says what it is', (entity) => {
  const id = toGlobalId(entity, uuid)
  expect(id).toBe(`${idPrefixes[entity]}_01h78e4vwzfgz9marc3mq3yjjv`)
  expect(fromGlobalId(entity, id)).toBe(uuid)
})

test('an id says which type of node it belongs to; a line of an order is none', () => {
  expect(nodeTypeOfGlobalId(toGlobalId('Product', uuid))).toBe('Product')
  expect(() => nodeTypeOfGlobalId(toGlobalId('OrderLine', uuid))).toThrow(refusal('INVALID_ID'))
})

test('no two entities share a prefix', () => {
  expect(new Set(Object.values(idPrefixes)).size).toBe(Object.keys(idPrefixes).length)
})

test.each([
  ['another type', 'cart_01h78e4vwzfgz9marc3mq3yjjv'],
  ['no prefix', '01h78e4vwzfgz9marc3mq3yjjv'],
  ['too short', 'prod_01h78'],
  ['capitals', 'prod_01H78E4VWZFGZ9MARC3MQ3YJJV'],
  ['above 2^128', 'prod_zzzzzzzzzzzzzzzzzzzzzzzzzz'],
  ['empty', ''],
  ['very long', `prod_${'0'.repeat(100_000)}`],
])('refuses %s', (_, id) => {
  expect(tryFromGlobalId('Product', id)).toBeNull()
  try {
    fromGlobalId('Product', id)
    expect.unreachable()
  } catch (error) {
    expect(error).toEqual(refusal('INVALID_ID'))
    expect((error as Error).message.length).toBeLessThan(120)
  }
})

test('an id of no type of the shop is refused', () => {
  for (const id of ['planet_01h78e4vwzfgz9marc3mq3yjjv', '', '_', 'prod_', 'prod']) {
    expect(() => nodeTypeOfGlobalId(id)).toThrow(refusal('INVALID_ID'))
  }
})
