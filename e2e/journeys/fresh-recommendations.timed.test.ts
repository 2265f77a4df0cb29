import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask, signIn } from '../src/shop-client.ts'
import { shopperAt } from '../src/shopper.ts'
import { type SmallShop, type SoldGoods, startSmallShop } from '../src/small-shop.ts'

const sold = {
  mug: { title: 'Blue Mug', price: 1_250, stock: 100 },
  candle: { title: 'Beeswax Candle', price: 999, stock: 100 },
  lamp: { title: 'Desk Lamp', price: 4_000, stock: 100 },
}

/** What an order has to be seen within, once it is placed. */
const timeoutMs = 1000

vi.setConfig({ testTimeout: 90_000 })

let shop: SmallShop<keyof typeof sold>
let ada: { readonly authorization: string }
let bob: { readonly authorization: string }
beforeAll(async () => {
  shop = await startSmallShop(sold)
  ada = await signIn(shop.url, 'ada@example.com')
  bob = await signIn(shop.url, 'bob@example.com')
})
afterAll(() => shop[Symbol.asyncDispose]())

interface List {
  readonly edges: readonly { readonly node: { readonly id: string }; readonly reason: { readonly code: string } }[]
}

const list = '{ edges { node { id } reason { code } } }'

async function listsOf(headers: { readonly authorization: string }) {
  const { data, errors } = await ask<{ viewer: { recommendations: List; buyAgain: List } }>(
    shop.url,
    `{ viewer { recommendations ${list} buyAgain ${list} } }`,
    {},
    headers,
  )
  expect(errors).toBeUndefined()
  const nameOf = (id: string) => Object.entries(shop.goods).find(([, { productId }]) => productId === id)![0]
  const read = ({ edges }: List) => edges.map(({ node, reason }): [string, string] => [nameOf(node.id), reason.code])
  return { recommendations: read(data.viewer.recommendations), buyAgain: read(data.viewer.buyAgain) }
}

async function buy(headers: { readonly authorization: string }, ...goods: readonly SoldGoods[]): Promise<void> {
  const { data } = await ask<{ cartCreate: { cart: { id: string } } }>(
    shop.url,
    'mutation ($lines: [CartLineInput!]!) { cartCreate(lines: $lines) { cart { id } } }',
    { lines: goods.map(({ variantId }) => ({ variantId, quantity: 1 })) },
    headers,
  )
  await shopperAt(shop.url).buy({ id: data.cartCreate.cart.id, token: '', headers })
}

test('an order that is placed through the gateway changes what its buyer is recommended within a second', async () => {
  expect(await listsOf(ada)).toEqual({ recommendations: [], buyAgain: [] })
  await buy(bob, shop.goods.mug, shop.goods.lamp)
  await eventually(
    async () => {
      const { recommendations, buyAgain } = await listsOf(ada)
      expect(new Map(recommendations)).toEqual(
        new Map([
          ['lamp', 'TRENDING'],
          ['mug', 'TRENDING'],
        ]),
      )
      expect(buyAgain).toEqual([])
    },
    { timeoutMs },
  )

  await buy(ada, shop.goods.lamp)
  await eventually(
    async () =>
      expect(await listsOf(ada)).toEqual({
        recommendations: [['mug', 'TRENDING']],
        buyAgain: [['lamp', 'BUY_AGAIN']],
      }),
    { timeoutMs },
  )
})
