import { randomUUID } from 'node:crypto'
import { accountDeleted, linesAdded } from '@cartograph/contracts'
import { toGlobalId } from '@cartograph/global-ids'
import { errorCodes, guest, type SubgraphUnderTest, user, uuidOf } from '@cartograph/test-kit'
import { serviceClaims } from '@cartograph/viewer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { cornerShop, lamp, milk, tea } from './some-shop.ts'

let shop: SubgraphUnderTest
beforeEach(async () => {
  shop = await recommendationsUnderTest()
  await loadShop(shop, cornerShop)
})
afterEach(() => shop.stop())

const somebody = uuidOf('user', 1)
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000)
const daySeconds = 86_400

interface Input {
  readonly eventId: string
  readonly productId: string
  readonly type: 'VIEW' | 'ADD_TO_CART' | 'DISMISS'
  readonly at: string
}
const view = (eventId: string, product: number = tea, changes: Partial<Input> = {}): Input => ({
  eventId,
  productId: toGlobalId('Product', uuidOf('product', product)),
  type: 'VIEW',
  at: ago(60).toISOString(),
  ...changes,
})

interface Payload {
  readonly accepted: number | null
  readonly userErrors: { readonly code: string; readonly path: string[] }[]
}
const mutation = `mutation ($events: [InteractionInput!]!) {
  interactionRecord(events: $events) { accepted userErrors { code path } }
}`
const ask = (events: readonly Input[], viewer = user(somebody)) =>
  shop.ask<{ interactionRecord: Payload | null }>(viewer, mutation, { events })
const record = async (events: readonly Input[], viewer = user(somebody)) =>
  (await ask(events, viewer)).data.interactionRecord
const accepted = (count: number) => ({ accepted: count, userErrors: [] })
const stored = () => shop.sql('select * from interaction order by user_id, at, event_id')

const envelope = (name: string, payload: object) => ({
  id: randomUUID(),
  name,
  aggregateId: randomUUID(),
  aggregateVersion: 1,
  occurredAt: '2026-11-25T10:00:00.000Z',
  payload,
})
const added = (userId: string, ...variants: number[]) =>
  envelope(linesAdded.name, {
    cartId: randomUUID(),
    userId,
    lines: variants.map((number) => ({ variantId: uuidOf('variant', number), quantity: 2 })),
    at: '2026-11-25T10:00:00.000Z',
  })
const deletion = (userId: string) => envelope(accountDeleted.name, { userId })
async function deliver(...events: object[]): Promise<void> {
  const outcomes = events.map(() => 'done')
  expect(await shop.post('/events', { events })).toEqual({ status: 200, content: { outcomes } })
}

describe('interactionRecord', () => {
  test('records what the viewer did, each event once', async () => {
    const events = [view('a'), view('b', milk, { type: 'DISMISS' }), view('c', lamp, { type: 'ADD_TO_CART' })]
    expect(await record(events)).toEqual(accepted(3))
    const expected = events.map(({ eventId, type, at }, index) => ({
      user_id: somebody,
      event_id: eventId,
      product_id: uuidOf('product', [tea, milk, lamp][index]!),
      type,
      at: new Date(at),
    }))
    const byId = async () => (await stored()).toSorted((one, other) => (one['event_id'] < other['event_id'] ? -1 : 1))
    expect(await byId()).toEqual(expected)
    expect(await record([view('d'), ...events])).toEqual(accepted(1))
    expect(await record([view('a', lamp, { type: 'DISMISS' })])).toEqual(accepted(0))
    expect((await byId()).slice(0, 3)).toEqual(expected)
    expect(await stored()).toHaveLength(4)
  })

  test('takes an event that is named twice in one call for one', async () => {
    expect(await record([view('a'), view('b'), view('a', milk)])).toEqual(accepted(2))
    expect(await stored()).toMatchObject([
      { event_id: 'a', product_id: uuidOf('product', tea) },
      { event_id: 'b', product_id: uuidOf('product', tea) },
    ])
  })

  test('keeps the ids of users apart', async () => {
    expect(await record([view('a')])).toEqual(accepted(1))
    expect(await record([view('a')], user(uuidOf('user', 2)))).toEqual(accepted(1))
    expect(await stored()).toHaveLength(2)
  })

  test('refuses all of it when something is wrong, and names that', async () => {
    const before = await shop.stored()
    const refused = async (...events: Input[]) => {
      const { accepted: count, userErrors } = (await record(events))!
      expect(count).toBeNull()
      return userErrors.map(({ code, path }) => [code, path.join('.')])
    }
    expect(await refused()).toEqual([['INVALID_INPUT', 'events']])
    expect(await refused(view('a'), view('b', 404), view('c', 405))).toEqual([
      ['NOT_FOUND', 'events.1.productId'],
      ['NOT_FOUND', 'events.2.productId'],
    ])
    expect(await refused(view('a'), view('', tea))).toEqual([['INVALID_INPUT', 'events.1.eventId']])
    expect(await refused(view('a', tea, { at: ago(-120).toISOString() }), view('b'))).toEqual([
      ['INVALID_INPUT', 'events.0.at'],
    ])
    expect(await refused(view('a', tea, { at: ago(31 * daySeconds).toISOString() }))).toEqual([
      ['INVALID_INPUT', 'events.0.at'],
    ])
    expect(await refused(...Array.from({ length: 101 }, (_, index) => view(`e${index}`)))).toEqual([
      ['INVALID_INPUT', 'events'],
    ])
    expect(
      errorCodes(await ask([view('a', tea, { productId: toGlobalId('Category', uuidOf('category', 1)) })])),
    ).toEqual(['INVALID_ID'])
    expect(await shop.stored()).toEqual(before)
  })

  test.each([
    ['a guest', guest(), 'UNAUTHENTICATED'],
    ['a service', serviceClaims('carts', 'test'), 'FORBIDDEN'],
  ])('is not for %s', async (_name, viewer, code) => {
    const before = await shop.stored()
    const answer = await ask([view('a')], viewer)
    expect(answer.data.interactionRecord).toBeNull()
    expect(errorCodes(answer)).toEqual([code])
    expect(await shop.stored()).toEqual(before)
  })

  test('told the same at once, records each once and counts it once', async () => {
    const events = Array.from({ length: 50 }, (_, index) => view(`e${index}`, (index % 6) + 1))
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => record(index % 2 === 0 ? events : events.toReversed())),
    )
    const counts = answers.map((answer) => answer!.accepted!).toSorted((one, other) => one - other)
    expect(counts).toEqual([0, 0, 0, 0, 0, 0, 0, 50])
    expect(await stored()).toHaveLength(50)
  })

  test('keeps the newest 200 views of a user, and all else', async () => {
    const other = user(uuidOf('user', 2))
    expect(await record([view('other', tea, { at: ago(20 * daySeconds).toISOString() })], other)).toEqual(accepted(1))
    const dismissed = view('dismissed', tea, { type: 'DISMISS', at: ago(25 * daySeconds).toISOString() })
    expect(await record([dismissed])).toEqual(accepted(1))
    const at = (age: number) => ({ at: ago(1_000 + age).toISOString() })
    for (const start of [0, 100, 200]) {
      const count = start === 200 ? 50 : 100
      const events = Array.from({ length: count }, (_, index) => view(`v${start + index}`, tea, at(start + index)))
      expect(await record(events)).toEqual(accepted(count))
    }
    const kept = (await stored()).filter((row) => row['user_id'] === somebody)
    expect(kept.map((row) => row['event_id'])).toEqual([
      'dismissed',
      ...Array.from({ length: 200 }, (_, index) => `v${199 - index}`),
    ])
    expect((await stored()).filter((row) => row['user_id'] !== somebody)).toHaveLength(1)
  })

  test('forgets views of more than 90 days ago with the next one', async () => {
    await record([view('old'), view('new'), view('dismissed', milk, { type: 'DISMISS' })])
    await shop.sql(`update interaction set at = now() - interval '91 days' where event_id in ('old', 'dismissed')`)
    await shop.sql(`update interaction set at = now() - interval '89 days' where event_id = 'new'`)
    expect(await record([view('newest')])).toEqual(accepted(1))
    expect((await stored()).map((row) => row['event_id'])).toEqual(['dismissed', 'new', 'newest'])
  })
})

describe('carts.lines-added', () => {
  test('keeps the newest 200 additions of a user in 90 days, and what else they did', async () => {
    expect(await record([view('seen'), view('dismissed', milk, { type: 'DISMISS' })])).toEqual(accepted(2))
    await shop.sql(
      `insert into interaction (user_id, event_id, product_id, type, at)
       select $1::uuid, 'a' || n, $2::uuid, 'ADD_TO_CART'::"InteractionType", timestamptz '2026-11-25T10:00:00Z' - n * interval '1 hour'
       from generate_series(1, 250) as n
       union all select $1, 'old', $2, 'ADD_TO_CART', timestamptz '2026-08-01T10:00:00Z'`,
      [somebody, uuidOf('product', tea)],
    )
    const event = added(somebody, tea)
    await deliver(event)
    const additions = (await stored()).filter(({ type }) => type === 'ADD_TO_CART').map((row) => row['event_id'])
    expect(new Set(additions)).toEqual(
      new Set([`${event.id} ${uuidOf('variant', tea)}`, ...Array.from({ length: 199 }, (_, index) => `a${index + 1}`)]),
    )
    expect((await stored()).filter(({ type }) => type !== 'ADD_TO_CART')).toHaveLength(2)
  })

  test('is an addition of each product, once', async () => {
    const event = added(somebody, tea, milk)
    await deliver(event, event)
    await Promise.all(Array.from({ length: 5 }, () => deliver(event)))
    const row = (variant: number) => ({
      user_id: somebody,
      event_id: `${event.id} ${uuidOf('variant', variant)}`,
      product_id: uuidOf('product', variant),
      type: 'ADD_TO_CART',
      at: new Date('2026-11-25T10:00:00.000Z'),
    })
    expect(await stored()).toEqual([row(tea), row(milk)].toSorted((one, two) => (one.event_id < two.event_id ? -1 : 1)))
    await deliver(added(somebody, tea))
    expect(await stored()).toHaveLength(3)
  })

  test('says nothing of a variant that is not known, nor of a product', async () => {
    await deliver(added(somebody, 404, tea + 1000))
    expect(await stored()).toMatchObject([{ product_id: uuidOf('product', tea) }])
  })
})

describe('when the account is erased', () => {
  test('what the user did is forgotten, and nothing is learned of them later', async () => {
    const other = user(uuidOf('user', 2))
    await record([view('a'), view('b')])
    await record([view('a')], other)
    await deliver(added(somebody, tea), deletion(somebody))
    expect((await stored()).map((row) => row['user_id'])).toEqual([uuidOf('user', 2)])
    const before = await stored()
    expect(errorCodes(await ask([view('c')]))).toEqual(['UNAUTHENTICATED'])
    await deliver(added(somebody, tea))
    expect(await stored()).toEqual(before)
  })

  test('told at the same time as what they do, nothing of it stays', async () => {
    await Promise.all([
      ...Array.from({ length: 8 }, (_, index) => ask([view(`e${index}`)])),
      deliver(deletion(somebody)),
      ...Array.from({ length: 8 }, (_, index) => ask([view(`f${index}`)])),
      ...Array.from({ length: 8 }, () => deliver(added(somebody, tea, milk))),
    ])
    expect(await stored()).toEqual([])
  })
})
