import { describe, expect, test } from 'vitest'
import type { FetchInsight, Insight } from '../../insight.ts'
import { insightView } from './insight-view.ts'
import { count, counted, duration, size } from './quantities.ts'
import { type PageNode, textOf, toNode, view, type View } from './view.ts'

const fetched: FetchInsight = {
  service: 'products',
  paths: ['a.@.b', 'c'],
  entities: 2,
  startMs: 10,
  durationMs: 5,
  sentBytes: 1,
  receivedBytes: 2,
  retries: 0,
}
const insight = (fetches: FetchInsight[]): Insight => ({
  trace: {
    plannedMs: fetches.length > 0 ? 5 : null,
    durationMs: 20,
    totals: { fetches: fetches.length, entities: 2, sentBytes: 1, receivedBytes: 2, retries: 0, failures: 0 },
    fetches,
  },
  fields: [{ coordinate: 'Query.a', owners: ['products'], permission: null }],
})
const answer = (extensions: object) => JSON.stringify({ data: null, extensions })

function attributesOf(drawn: View, name: string): string[] {
  if (typeof drawn === 'string') return []
  const own = drawn.attributes[name]
  return [...(own === undefined ? [] : [own]), ...drawn.children.flatMap((child) => attributesOf(child, name))]
}

describe('what is seen of an answer', () => {
  test('a bar for the planning and for each fetch, placed in the time of the whole', () => {
    const drawn = insightView(answer({ insight: insight([fetched]) }))
    expect(attributesOf(drawn, 'style')).toEqual(['left: 0.00%; width: 25.00%', 'left: 50.00%; width: 25.00%'])
    expect(attributesOf(drawn, 'aria-label')).toEqual(['Service and time', 'from 0 ms to 5 ms', 'from 10 ms to 15 ms'])
    expect(textOf(drawn)).toContain('a[].b c 2 1 B 2 B 5 ms')
  })

  test('its cost, where it is told', () => {
    const cost = { estimated: 48, most: 5000 }
    expect(textOf(insightView(answer({ insight: insight([]), cost })))).toContain('cost 48 of 5,000')
    expect(textOf(insightView(answer({ insight: insight([]) })))).not.toContain('cost')
  })

  test('its fields, also where nothing was fetched', () => {
    const text = textOf(insightView(answer({ insight: insight([]) })))
    expect(text).toContain('0 fetches in 20 ms')
    expect(text).not.toContain('Fetches')
    expect(text).toContain('Query.a products –')
  })
})

test.each([
  [undefined, 'Run the operation to see its fetches, its cost, and who owns its fields.'],
  ['{"data":null}', 'This answer does not tell how it came about.'],
  ['no JSON', 'This answer does not tell how it came about.'],
  [answer({ insight: { trace: {}, fields: [] } }), 'This answer does not tell how it came about.'],
])('of %j there is nothing to be seen', (text, expected) => {
  expect(textOf(insightView(text))).toBe(expected)
})

test('quantities are written as short as they are read', () => {
  expect([0.04, 0.25, 9.96, 12.4, 999, 1_234].map(duration)).toEqual([
    '0 ms',
    '0.3 ms',
    '10 ms',
    '12 ms',
    '999 ms',
    '1.2 s',
  ])
  expect([0, 999, 1_000, 4_060, 1_250_000].map(size)).toEqual(['0 B', '999 B', '1 kB', '4.1 kB', '1.3 MB'])
  expect([count(5_000), counted(1, 'row', 'rows'), counted(0, 'row', 'rows')]).toEqual(['5,000', '1 row', '0 rows'])
})

test('a view becomes nodes in which texts are texts', () => {
  type Made = PageNode & { tag: string; set: Record<string, string>; held: (PageNode | string)[] }
  const createElement = (tag: string): Made => ({
    tag,
    set: {},
    held: [],
    append(...children) {
      this.held.push(...children)
    },
    setAttribute(name, value) {
      this.set[name] = value
    },
  })
  const node = toNode({ createElement }, view('p', { class: 'x' }, '<b>', view('i', {}, 'y')))
  expect(node).toMatchObject({ tag: 'p', set: { class: 'x' }, held: ['<b>', { tag: 'i', set: {}, held: ['y'] }] })
})
