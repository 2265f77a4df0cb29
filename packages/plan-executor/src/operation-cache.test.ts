import { expect, test } from 'vitest'
import { OperationCache } from './operation-cache.ts'

const made = { of: 'an operation' }
const offered = (cache: OperationCache<object>, key: string, characters = 10) => {
  cache.offer(key, made, characters)
  return cache.get(key)
}

test('what is offered once is not kept, what is offered again is', () => {
  const cache = new OperationCache(100)
  expect(offered(cache, 'a')).toBe(undefined)
  expect(offered(cache, 'a')).toBe(made)
  expect(cache.delete('a')).toBe(true)
  expect(cache.get('a')).toBe(undefined)
})

test('the texts of what is kept have no more characters together than may be, and those used last stay', () => {
  const cache = new OperationCache(30)
  for (const key of ['a', 'a', 'b', 'b', 'c', 'c']) offered(cache, key)
  expect(cache.get('a')).toBe(made)
  for (const key of ['d', 'd']) offered(cache, key)
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key) === made)).toEqual([true, false, true, true])
  for (const key of ['e', 'e']) offered(cache, key, 31)
  expect(['a', 'c', 'd', 'e'].map((key) => cache.get(key) === made)).toEqual([true, true, true, false])
})

test('any number of operations that are asked for once pushes out nothing', () => {
  const cache = new OperationCache(30)
  for (const key of ['a', 'a']) offered(cache, key)
  for (let stranger = 0; stranger < 20_000; stranger += 1) offered(cache, `stranger ${stranger}`)
  expect(cache.get('a')).toBe(made)
})
