import { randomBytes } from 'node:crypto'
import { eventually } from '@cartograph/test-kit'
import { ask } from '../shop-client.ts'
import { address, type Headers, shopperAt } from '../shopper.ts'
import type { SoldGoods } from '../small-shop.ts'
import type { Marked } from './leak-search.ts'

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
}

/** An account whose e-mail address, names, address, cart and order can be told from everybody else's. */
export interface Canary extends Marked {
  readonly email: string
  /** In everything that this user could write text into. */
  readonly song: string
  readonly ids: { readonly user: string; readonly address: string; readonly cart: string; readonly order: string }
  /** Of a session that is never ended. */
  readonly steady: Headers
  /** Of a session that is refreshed and ended; only this user's own operations touch it. */
  tokens: Tokens
}

export const canaryPassword = 'a canary in a coal mine'
export const bearer = ({ accessToken }: Tokens): Headers => ({ authorization: `Bearer ${accessToken}` })

async function field<Value>(url: string, query: string, variables: object, headers: Headers): Promise<Value> {
  const { data, text } = await ask<Record<string, Value>>(url, query, { ...variables }, headers)
  if (text.includes('"userErrors":[{') || !data?.['answer']) throw new Error(`${query} was refused: ${text}`)
  return data['answer']
}

/** Opens an account with all of these, by the shop's own means. */
export async function makeCanary(url: string, name: string, goods: SoldGoods): Promise<Canary> {
  const song = `canary${randomBytes(12).toString('hex')}`
  const email = `${song}@example.com`
  const { session } = await field<{ session: Tokens & { viewer: { id: string } } }>(
    url,
    `mutation ($input: UserRegisterInput!) {
       answer: userRegister(input: $input) { session { accessToken refreshToken viewer { id } } userErrors { code } } }`,
    { input: { email, password: canaryPassword, displayName: song } },
    {},
  )
  const headers = bearer(session)
  const signedIn = await field<{ session: Tokens }>(
    url,
    `mutation ($email: String!, $password: String!) {
       answer: sessionCreate(email: $email, password: $password) { session { accessToken refreshToken } userErrors { code } } }`,
    { email, password: canaryPassword },
    {},
  )
  const kept = await field<{ address: { id: string } }>(
    url,
    'mutation ($input: AddressInput!) { answer: addressCreate(input: $input) { address { id } userErrors { code } } }',
    { input: { ...address, fullName: song, line1: `1 ${song} Street` } },
    headers,
  )
  const openCart = () =>
    field<{ cart: { id: string; status: string } }>(
      url,
      'mutation { answer: cartCreate { cart { id status } userErrors { code } } }',
      {},
      headers,
    )
  const fill = (id: string) =>
    field(
      url,
      `mutation ($id: ID!, $lines: [CartLineInput!]!) {
         answer: cartLinesAdd(cartId: $id, lines: $lines) { cart { id } userErrors { code } } }`,
      { id, lines: [{ variantId: goods.variantId, quantity: 1 }] },
      headers,
    )
  const bought = (await openCart()).cart.id
  await fill(bought)
  const shippingAddress = { ...address, fullName: song, line1: `1 ${song} Street` }
  const order = await shopperAt(url).buy({ id: bought, token: '', headers }, { email, shippingAddress })
  // The cart that was bought stays the user's until carts is told of the order.
  const cart = await eventually(async () => {
    const { cart: active } = await openCart()
    if (active.id === bought) throw new Error('the cart is still being bought')
    return active
  })
  await fill(cart.id)
  const ids = { user: session.viewer.id, address: kept.address.id, cart: cart.id, order: order.id }
  const markers = [
    song,
    ...Object.values(ids),
    order.number,
    ...Object.values(session),
    ...Object.values(signedIn.session),
  ]
  return {
    name,
    email,
    song,
    ids,
    steady: headers,
    tokens: signedIn.session,
    markers: new Set(markers.filter((marker) => typeof marker === 'string')),
  }
}
