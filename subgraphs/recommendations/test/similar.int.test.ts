import { randomUUID } from 'node:crypto'
import { productChanged } from '@cartograph/contracts'
import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, guest, numbered, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { titleWords } from '../src/catalogue/title-words.ts'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { jumbleSale, order, product, titleOf } from './some-shop.ts'

let shop: SubgraphUnderTest
beforeEach(async () => {
  shop = await recommendationsUnderTest()
})
afterEach(() => shop.stop())

const productId = (number: number) => toGlobalId('Product', uuidOf('product', number))
interface List {
  readonly edges: {
    readonly node: { readonly id: string }
    readonly score: number
    readonly reason: { readonly code: string; readonly becauseOf: { readonly id: string } }
  }[]
  readonly pageInfo: { readonly hasNextPage: boolean }
}
const fields = '{ edges { node { id } score reason { code becauseOf { id } } } pageInfo { hasNextPage } }'
async function similar(numbers: readonly number[], first = 10): Promise<List[]> {
  const query = entitiesQuery(`... on Product { similar(first: ${first}) ${fields} }`)
  const of = numbers.map((number) => ({ __typename: 'Product', id: productId(number) }))
  const { data } = await shop.ask<{ _entities: { similar: List }[] }>(guest(), query, { of })
  return data._entities.map((entity) => entity.similar)
}
const told = ({ edges }: List) => edges.map(({ node, score }) => [node.id, score])
const ids = ({ edges }: List) => edges.map(({ node }) => node.id)
/** Weights are whole millionths. */
const scored = (...pairs: [number, number][]) =>
  pairs.map(([number, score]) => [productId(number), expect.closeTo(score, 5) as number])

const changed = (number: number, version: number, title: string, categories: number[], status = 'ACTIVE') => ({
  id: randomUUID(),
  name: productChanged.name,
  aggregateId: uuidOf('product', number),
  aggregateVersion: version,
  occurredAt: '2026-11-25T10:00:00.000Z',
  payload: {
    productId: uuidOf('product', number),
    status,
    title,
    categoryIds: categories.map((category) => uuidOf('category', category)),
    variantIds: [uuidOf('variant', number)],
  },
})
async function deliver(...events: object[]): Promise<void> {
  const outcomes = events.map(() => 'done')
  expect(await shop.post('/events', { events })).toEqual({ status: 200, content: { outcomes } })
}

const [mug, bowl, redMug, redLamp, clock, jar] = [1, 2, 3, 4, 5, 6] as const
/** Mug and bowl are bought by two together. Of six products, "red" is a word of two, "mug" of two, "tall" of one. */
const crockery = [
  product(mug, [1], 'Tall mug'),
  product(bowl, [1], 'Bowl'),
  product(redMug, [1], 'Red mugs'),
  product(redLamp, [2], 'The red lamp'),
  product(clock, [2], 'Clock'),
  product(jar, [], 'Jar'),
  order(1, 1, 0, [mug, bowl]),
  order(2, 2, 0, [mug, bowl]),
]
const weightOf = (having: number, of = 6) => Math.log(1 + of / having)

describe('Product.similar of fewer neighbours than are asked for', () => {
  test('goes on after these with what shares words and categories, by what they weigh', async () => {
    await loadShop(shop, crockery)
    const [ofMug, ofRedMug, ofClock, ofJar] = await similar([mug, redMug, clock, jar])
    const tallMug = weightOf(1) + weightOf(2) + weightOf(3)
    // The bowl is a neighbour, by its buyers, with the cosine 1; it shares the category too, and is there once.
    expect(told(ofMug!)).toEqual(scored([bowl, 1], [redMug, (weightOf(2) + weightOf(3)) / tallMug]))
    const red = weightOf(2) + weightOf(2) + weightOf(3)
    expect(told(ofRedMug!)).toEqual(
      scored([mug, (weightOf(2) + weightOf(3)) / red], [redLamp, weightOf(2) / red], [bowl, weightOf(3) / red]),
    )
    expect(told(ofClock!)).toEqual(scored([redLamp, weightOf(2) / (weightOf(1) + weightOf(2))]))
    expect(told(ofJar!)).toEqual([])
    for (const [list, number] of [
      [ofMug!, mug],
      [ofRedMug!, redMug],
    ] as const) {
      for (const { reason } of list.edges)
        expect(reason).toEqual({ code: 'SIMILAR_ITEM', becauseOf: { id: productId(number) } })
    }
  })

  test('is as long as was asked, and knows whether there is more', async () => {
    await loadShop(shop, crockery)
    const [one] = await similar([mug], 1)
    expect([ids(one!), one!.pageInfo.hasNextPage]).toEqual([[productId(bowl)], true])
    const [two] = await similar([redMug], 2)
    expect([ids(two!), two!.pageInfo.hasNextPage]).toEqual([[mug, redLamp].map(productId), true])
    const [three] = await similar([redMug], 3)
    expect([ids(three!), three!.pageInfo.hasNextPage]).toEqual([[mug, redLamp, bowl].map(productId), false])
  })

  test('never rises again after the model’s', async () => {
    await loadShop(shop, [...crockery, order(3, 3, 0, [mug]), order(4, 4, 0, [mug]), order(5, 5, 0, [bowl])])
    const [ofMug] = await similar([mug])
    const [lowest, filled] = ofMug!.edges.map(({ score }) => score) as [number, number]
    expect(lowest).toBeCloseTo(2 / Math.sqrt(12), 12)
    expect(filled).toBeLessThan(lowest)
  })

  test('is there at once for a product that is new, and follows its title and state', async () => {
    await loadShop(shop, crockery)
    await deliver(changed(50, 1, 'Red clocks', [2]))
    const [ofNew] = await similar([50])
    const weight = (having: number) => weightOf(having, 7)
    // Now "red" is a word of three, "clock" of two, and three are of the category.
    const whole = weight(3) + weight(2) + weight(3)
    expect(told(ofNew!)).toEqual(
      scored([clock, (weight(2) + weight(3)) / whole], [redLamp, (2 * weight(3)) / whole], [redMug, weight(3) / whole]),
    )
    expect(ids((await similar([clock]))[0]!)[0]).toBe(productId(50))
    await deliver(changed(50, 2, 'Jars', []))
    expect(ids((await similar([50]))[0]!)).toEqual([productId(jar)])
    expect(ids((await similar([clock]))[0]!)).toEqual([productId(redLamp)])
    expect(ids((await similar([jar]))[0]!)).toEqual([productId(50)])
    await deliver(changed(50, 3, 'Jars', [], 'ARCHIVED'))
    expect(ids((await similar([jar]))[0]!)).toEqual([])
    // What is not shown itself has similar ones still, for whoever looks at it.
    expect(ids((await similar([50]))[0]!)).toEqual([productId(jar)])
  })

  test('is what follows from words and categories, over all of a shop', async () => {
    const records = jumbleSale()
    await loadShop(shop, records.slice(0, 63))
    const termsOf = (number: number) => [...titleWords(titleOf(number)), `category ${(number - 1) % 3}`]
    const all = numbered(60, (number) => number)
    const having = (term: string) => all.filter((number) => termsOf(number).includes(term)).length
    const weightOfTerms = (terms: readonly string[]) =>
      terms.reduce((sum, term) => sum + Math.round(Math.log(1 + 60 / having(term)) * 1e6), 0)
    const expected = all.map((number) => {
      const own = termsOf(number)
      return all
        .filter((other) => other !== number)
        .map((other) => ({
          id: uuidOf('product', other),
          weight: weightOfTerms(own.filter((term) => termsOf(other).includes(term))),
        }))
        .filter(({ weight }) => weight > 0)
        .toSorted((one, two) => two.weight - one.weight || (one.id < two.id ? -1 : 1))
        .slice(0, 12)
        .map(({ id, weight }) => [toGlobalId('Product', id), weight / weightOfTerms(own)])
    })
    expect((await similar(all, 12)).map(told)).toEqual(expected)
  })
})

test('a load fills in the words of products that have none, and leaves those that are known', async () => {
  await loadShop(shop, crockery)
  await deliver(changed(clock, 1, 'Wall clock', [2]))
  const words = async () =>
    (await shop.sql<{ title_words: string[] }>('select title_words from product order by id')).map(
      (row) => row.title_words,
    )
  const known = await words()
  expect(known).toEqual([['tall', 'mug'], ['bowl'], ['red', 'mug'], ['red', 'lamp'], ['wall', 'clock'], ['jar']])
  await shop.sql(`update product set title_words = '{}' where id <> $1`, [uuidOf('product', clock)])
  expect(await loadShop(shop, [...crockery, product(9, [], 'Tray')])).toMatchObject({
    product: { read: 7, written: 1 },
  })
  expect(await words()).toEqual([...known, ['tray']])
})

test('a migrated row without words is similar by its categories, and words are looked up by the index', async () => {
  await loadShop(shop, crockery)
  await shop.sql(`update product set title_words = '{}'`)
  expect(ids((await similar([redMug]))[0]!)).toEqual([mug, bowl].map(productId))
  // Without choosing to scan so few rows, the planner has the index.
  await shop.sql('set enable_seqscan = off')
  const plan = await shop.sql(`explain select id from product where title_words @> array['mug']`)
  expect(JSON.stringify(plan)).toContain('product_title_words_idx')
  const ofCategory = await shop.sql('explain select id from product where category_ids @> array[$1::uuid]', [
    uuidOf('category', 1),
  ])
  expect(JSON.stringify(ofCategory)).toContain('product_category_ids_idx')
})
