import { expect, test } from 'vitest'
import { manifestParts } from './manifest-parts.ts'

const operations = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index),
    name: 'A',
    type: 'query' as const,
    body: 'x'.repeat(bytes),
  }))
const sizesOf = (count: number, bytes: number) => manifestParts(operations(count, bytes)).map(({ length }) => length)

test('one part is enough for what fits into a request', () => {
  expect(sizesOf(1, 10)).toEqual([1])
  expect(sizesOf(1_000, 100)).toEqual([1_000])
})

test('parts hold no more bytes than a request may, and no more operations than are stored at a time', () => {
  expect(sizesOf(7, 60_000)).toEqual([3, 3, 1])
  expect(sizesOf(3, 200_000)).toEqual([1, 1, 1])
  expect(sizesOf(1_000, 300)).toEqual([500, 500])
})

test('parts keep the order and send ids and bodies alone', () => {
  expect(manifestParts(operations(2, 1))).toEqual([
    [
      { id: '0', body: 'x' },
      { id: '1', body: 'x' },
    ],
  ])
})
