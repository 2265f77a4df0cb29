import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addLines,
  type CartData,
  cartsUnderTest,
  type CartsUnderTest,
  createCart,
  readCart,
  removeLines,
  staff,
  updateLines,
  variantId,
} from './carts-under-test.ts'

let carts: CartsUnderTest

beforeAll(async () => {
  carts = await cartsUnderTest()
})
afterAll(() => carts.stop())

const newLines = (count: number) =>
  Array.from({ length: count }, () => ({ variantId: variantId(carts.products.sells()), quantity: 2 }))

/** The first word of each statement, in order. */
async function verbsOf(run: () => Promise<unknown>): Promise<string[]> {
  return (await carts.statementsOf(run)).map((text) => /^\s*(\w+)/.exec(text)![1]!.toLowerCase())
}

// `with` is the write: lines and version in one statement; `insert` after it is the event of a user's addition. Nothing
// is read again for the payload.
describe.for([1, 50])('with %i lines', (count) => {
  test('cartLinesAdd, of new lines and of those that are there', async () => {
    const owner = user()
    const { cart } = (await carts.ask(owner, createCart)).data.cartCreate
    const lines = newLines(count)
    for (let time = 0; time < 2; time += 1) {
      const add = () => carts.ask(owner, addLines, { cartId: cart.id, lines })
      expect(await verbsOf(add)).toEqual(['begin', 'select', 'select', 'with', 'insert', 'commit'])
    }
  })

  test('cartLinesAdd of a guest, of which nothing is told', async () => {
    const opened = (await carts.ask(guest(), createCart)).data.cartCreate
    const add = () =>
      carts.ask({ ...guest(), cartToken: opened.cartToken }, addLines, {
        cartId: opened.cart.id,
        lines: newLines(count),
      })
    expect(await verbsOf(add)).toEqual(['begin', 'select', 'select', 'with', 'commit'])
  })

  test('cartLinesAdd that is refused', async () => {
    const owner = user()
    const { cart } = (await carts.ask(owner, createCart)).data.cartCreate
    const add = () => carts.ask(owner, addLines, { cartId: cart.id, expectedVersion: 9, lines: newLines(count) })
    expect(await verbsOf(add)).toEqual(['begin', 'select', 'rollback'])
  })

  test('cartLinesUpdate, lowering and raising, and cartLinesRemove', async () => {
    const owner = user()
    const { cart } = (await carts.ask(owner, createCart, { lines: newLines(count) })).data.cartCreate
    const update = (quantity: number) => () =>
      carts.ask(owner, updateLines, {
        cartId: cart.id,
        lines: cart.lines.map(({ id }) => ({ lineId: id, quantity })),
      })
    expect(await verbsOf(update(1))).toEqual(['begin', 'select', 'select', 'with', 'commit'])
    expect(await verbsOf(update(3))).toEqual(['select', 'begin', 'select', 'select', 'with', 'commit'])
    const remove = () => carts.ask(owner, removeLines, { cartId: cart.id, lineIds: cart.lines.map(({ id }) => id) })
    expect(await verbsOf(remove)).toEqual(['begin', 'select', 'select', 'with', 'commit'])
  })

  test('cartCreate with lines, and reading the cart', async () => {
    const owner = user()
    const create = () => carts.ask(owner, createCart, { lines: newLines(count) })
    expect(await verbsOf(create)).toEqual(['begin', 'insert', 'with', 'insert', 'commit'])
    expect(await verbsOf(create)).toEqual(['begin', 'insert', 'select', 'with', 'insert', 'commit'])
    const { id } = (await carts.ask(owner, createCart)).data.cartCreate.cart
    expect(await verbsOf(() => carts.ask(owner, readCart, { id }))).toEqual(['select', 'select'])
  })
})

test('cartCreate without lines', async () => {
  const owner = user()
  const create = (viewer: typeof owner) => () => carts.ask(viewer, `mutation { cartCreate { cart { id version } } }`)
  expect(await verbsOf(create(owner))).toEqual(['select', 'insert'])
  expect(await verbsOf(create(owner))).toEqual(['select'])
  expect(await verbsOf(create(guest()))).toEqual(['insert'])
})

test.for([1, 50])('%i carts, users and lines by reference', async (count) => {
  const owners = Array.from({ length: count }, () => user())
  const lines = newLines(2)
  const opened: CartData[] = await Promise.all(
    owners.map(async (owner) => (await carts.ask(owner, createCart, { lines })).data.cartCreate.cart),
  )
  const read = (fields: string, of: object[]) => () => carts.ask(staff(), entitiesQuery(fields), { of })
  const cartFields = '{ id owner { id } totalQuantity subtotal { amount } lines { id quantity lineTotal { amount } } }'
  const ofCarts = read(
    `... on Cart ${cartFields}`,
    opened.map(({ id }) => ({ __typename: 'Cart', id })),
  )
  expect(await verbsOf(ofCarts)).toEqual(['select', 'select'])
  const ofUsers = read(
    `... on User { cart ${cartFields} }`,
    owners.map(({ id }) => ({ __typename: 'User', id: toGlobalId('User', id!) })),
  )
  expect(await verbsOf(ofUsers)).toEqual(['select', 'select'])
  const ofLines = read(
    '... on CartLine { id quantity unitPrice { amount } priceChanged variant { id } }',
    opened.flatMap((cart) => cart.lines.map(({ id }) => ({ __typename: 'CartLine', id }))),
  )
  expect(await verbsOf(ofLines)).toEqual(['select'])
})
