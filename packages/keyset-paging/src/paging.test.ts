import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connection, type CursorKey, type PageArguments, pageRequest } from './index.ts'

const rows = Array.from({ length: 7 }, (_, index) => ({ id: index }))
const key = ({ id }: { id: number }): CursorKey => [id]

/** What a query with a keyset condition reads: one more than asked, in the direction of the page. */
function read(list: string, args: PageArguments) {
  const page = pageRequest(list, ['integer'], args)
  const ordered = page.backward ? [...rows].reverse() : rows
  const from = page.from?.[0] as number | undefined
  const rest = ordered.filter(({ id }) => from === undefined || (page.backward ? id < from : id > from))
  return connection(page, rest.slice(0, page.size + 1), key, (row) => row.id)
}

const codeOf = (work: () => unknown): unknown => {
  try {
    work()
    return null
  } catch (error) {
    return (error as { extensions?: { code?: string } }).extensions?.code
  }
}

describe('connection', () => {
  test('walks the whole list forward and backward without gap or overlap, whatever the page size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.boolean(), (size, backward) => {
        const seen: number[] = []
        for (let cursor: string | null = null; ;) {
          const page = read('list', backward ? { last: size, before: cursor } : { first: size, after: cursor })
          const nodes = page.edges.map((edge) => edge.node)
          if (backward) seen.unshift(...nodes)
          else seen.push(...nodes)
          if (!(backward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) break
          cursor = backward ? page.pageInfo.startCursor : page.pageInfo.endCursor
        }
        expect(seen).toEqual(rows.map((row) => row.id))
      }),
    )
  })

  test('an empty page has no cursors and nothing around it', () => {
    const page = pageRequest('list', ['integer'], {})
    expect(connection(page, [], key, (row) => row).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    })
  })
})

describe('pageRequest', () => {
  test('asks for 20 when nothing is said', () => expect(pageRequest('list', ['integer'], {}).size).toBe(20))

  test.each<PageArguments>([
    { first: 0 },
    { first: -1 },
    { first: 101 },
    { last: 0 },
    { first: 1, last: 1 },
    { last: 1, after: 'x' },
    { first: 1, before: 'x' },
  ])('refuses %j', (args) => expect(codeOf(() => pageRequest('list', ['integer'], args))).toBe('INVALID_PAGE'))

  test('refuses a cursor of another list', () => {
    const cursor = read('list', { first: 1 }).pageInfo.endCursor
    expect(codeOf(() => read('another', { first: 1, after: cursor }))).toBe('INVALID_CURSOR')
  })

  test('refuses whatever is not a cursor of this list, and never breaks on it', () => {
    const genuine = read('list', { first: 1 }).pageInfo.endCursor!
    const [mark] = JSON.parse(Buffer.from(genuine, 'base64url').toString()) as [string]
    const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify([mark, ...parts])).toString('base64url')
    for (const after of [
      '',
      'x',
      forged(),
      forged(1, 2),
      forged('1'),
      forged(1.5),
      forged(null),
      forged([1]),
      forged({}),
    ]) {
      expect(codeOf(() => pageRequest('list', ['integer'], { after }))).toBe('INVALID_CURSOR')
    }
    fc.assert(
      fc.property(fc.string(), (after) => {
        expect(codeOf(() => pageRequest('list', ['integer'], { after }))).toBe('INVALID_CURSOR')
      }),
    )
  })

  test('a key of a number comes back to its last digit, and no text in its place', () => {
    const keyOf = (cursor: string) => pageRequest('list', ['number'], { after: cursor }).from
    const cursorOf = (score: number | string) =>
      connection(pageRequest('list', ['number'], {}), [score], (row) => [row], String).edges[0]!.cursor
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (score) => {
        expect(keyOf(cursorOf(score))).toEqual([score + 0])
      }),
    )
    expect(codeOf(() => keyOf(cursorOf('1.5')))).toBe('INVALID_CURSOR')
  })
})
