import { describe, expect, test } from 'vitest'
import { type Page, readAll } from './pages.ts'

const numbers = [1, 2, 3, 4, 5]

/** Pages of `numbers`, whose cursors are the numbers; `changes` makes what a page says of itself untrue. */
const list =
  (changes: Partial<Page<number>['pageInfo']> = {}) =>
  async (page: object): Promise<Page<number>> => {
    const { first, after, last, before } = page as Record<string, number | string | null>
    const rest = last === undefined ? numbers.slice(Number(after)) : numbers.slice(0, before ? Number(before) - 1 : 5)
    const found = last === undefined ? rest.slice(0, Number(first)) : rest.slice(-Number(last))
    const [start, end] = [found.at(0)!, found.at(-1)!]
    const cursors = { startCursor: String(start), endCursor: String(end) }
    return {
      edges: found.map((number) => ({ node: number, cursor: String(number) })),
      pageInfo: { hasNextPage: end < 5, hasPreviousPage: start > 1, ...cursors, ...changes },
      totalCount: 5,
    }
  }

describe.each(['forward', 'backward'] as const)('%s', (direction) => {
  test.each([1, 2, 5, 6])('reads the whole list in its order, in pages of %i', async (size) => {
    expect((await readAll(list(), direction, size)).map(({ node }) => node)).toEqual(numbers)
  })

  const behind = direction === 'forward' ? 'hasPreviousPage' : 'hasNextPage'
  test.each([true, false])('fails when every page says %s of whether there is something behind it', async (said) => {
    await expect(readAll(list({ [behind]: said }), direction, 2)).rejects.toThrow(`expected ${said} to be ${!said}`)
  })
})
