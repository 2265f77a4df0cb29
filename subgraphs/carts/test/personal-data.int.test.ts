import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, errorCodes, strangers, user } from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CartsUnderTest, cartsUnderTest, createCart, variantId } from './carts-under-test.ts'

let carts: CartsUnderTest
beforeAll(async () => (carts = await cartsUnderTest()))
afterAll(() => carts.stop())

const owner = user()
const ask = (viewer: ViewerClaims, ownerId = owner.id!) =>
  carts.ask<{ _entities: { carts: string | null }[] }>(viewer, entitiesQuery('... on PersonalData { carts }'), {
    of: [{ __typename: 'PersonalData', id: toGlobalId('PersonalData', ownerId) }],
  })

test('its owner is given every cart with its lines, and nobody else anything', async () => {
  const variant = carts.products.sells(1_250)
  carts.inventory.available.set(variant, 10)
  await carts.ask(owner, createCart, { lines: [{ variantId: variantId(variant), quantity: 2 }] })
  await carts.ask(user(), createCart)
  const { data } = await ask(owner)
  expect(JSON.parse(data._entities[0]!.carts!)).toEqual([
    {
      status: 'ACTIVE',
      updatedAt: expect.stringMatching(/^20.*Z$/) as string,
      lines: [{ variantId: variant, quantity: 2, unitPrice: { amount: '12.50', currencyCode: 'GBP' } }],
    },
  ])
  for (const [viewer, code] of strangers()) {
    const answer = await ask(viewer)
    expect(answer.data).toEqual({ _entities: [{ carts: null }] })
    expect(errorCodes(answer)).toEqual([code])
  }
})

test('of more than a hundred carts the last hundred, in two statements', async () => {
  const many = user()
  await carts.sql(
    `insert into cart (user_id, currency_code, status, updated_at)
     select $1, 'GBP', 'CHECKED_OUT', now() - n * interval '1 day' from generate_series(1, 120) n`,
    [many.id],
  )
  let text = ''
  const statements = await carts.statementsOf(async () => {
    text = (await ask(many, many.id!)).data._entities[0]!.carts!
  })
  const dates = (JSON.parse(text) as { updatedAt: string }[]).map(({ updatedAt }) => updatedAt)
  expect(dates).toHaveLength(100)
  expect(dates).toEqual(dates.toSorted().toReversed())
  expect(statements).toHaveLength(2)
})
