import type { Random } from '@cartograph/shop-data'
import type { Browser } from '../browser.ts'
import type { Headers } from '../shopper.ts'
import type { SoldGoods } from '../small-shop.ts'
import { bearer, type Canary, canaryPassword, type Tokens } from './canary.ts'

/** What an operation may do: ask over HTTP, each answer being searched as one to whoever asks. */
export interface Load {
  readonly random: Random
  readonly canaries: readonly Canary[]
  readonly goods: readonly SoldGoods[]
  ask(asker: string, query: string, variables: object, headers: Headers): Promise<{ status: number; text: string }>
  /** A new browser, whose every answer, cookies and all, is searched as one to `asker`. */
  browser(asker: string): Pick<Browser, 'post' | 'csrfToken'>
}

export type CanaryOperation = (self: Canary, load: Load) => Promise<void>

const addressFields = 'id fullName line1 city'
const privateFacts = `id email displayName roles createdAt
  addresses { ${addressFields} } defaultAddress { ${addressFields} }
  cart {
    id version totalQuantity owner { id email }
    lines { id quantity variant { sku availability { status } product { title } } }
    suggestions(first: 3) { edges { node { title } } }
  }
  orders(first: 5) {
    edges { node {
      id number email customer { id email displayName } shippingAddress { fullName line1 } lines { id title } payments { status }
      timeline(first: 5) { edges { node { message } } }
    } }
  }
  recommendations(first: 5) { edges { node { title purchasedByViewer } reason { code } } }`
export const everything = `{ viewer { ${privateFacts} } }`

const twice = `query ($first: Int!) {
  me: viewer { ...Person cart { ...Basket } }
  again: viewer { ...Person orders(first: $first) { edges { node { ...Bought } } } }
  shop: products(first: $first) { edges { node { title purchasedByViewer } } }
}
fragment Person on User { id email displayName addresses { ${addressFields} } }
fragment Basket on Cart { id lines { id quantity } owner { ...Person } }
fragment Bought on Order { id number email customer { ...Person } }`

const listing = `{
  products(first: 10) { edges { node {
    title inStock purchasedByViewer
    similar(first: 3) { edges { node { title } } } boughtTogether(first: 3) { edges { node { title purchasedByViewer } } }
  } } }
  trending(first: 3) { edges { node { title } } }
}`

/** Everything of what an id names but the id, which the gateway says back to whoever asks with it. */
const anything = `__typename
  ... on User { email displayName roles addresses { fullName } cart { totalQuantity lines { id } } orders(first: 3) { edges { node { number } } } }
  ... on Address { fullName line1 }
  ... on Cart { version lines { id quantity } owner { email } }
  ... on Order { number email shippingAddress { fullName line1 } customer { email } lines { id } }`
export const byIds = `query ($ids: [ID!]!) { nodes(ids: $ids) { ${anything} } }`
export const byId = `query ($id: ID!) { node(id: $id) { ${anything} } }`

const idsOf = ({ ids }: Canary) => Object.values(ids)
const othersOf = (self: Canary, { canaries }: Load) => canaries.filter((canary) => canary !== self)
const own = (self: Canary, { random }: Load) => random.pick([self.steady, bearer(self.tokens)])

/** The tokens of an answer to a sign-in or a refresh become this user's, and so their markers. */
async function renew(self: Canary, load: Load, query: string, variables: object): Promise<void> {
  const { text } = await load.ask(self.name, query, variables, {})
  const { data } = JSON.parse(text) as { data: { answer: { session: Tokens | null } } }
  const { session } = data.answer
  if (!session) throw new Error(`${self.name} got no session: ${text}`)
  const { accessToken, refreshToken } = session
  self.tokens = { accessToken, refreshToken }
  self.markers.add(accessToken).add(refreshToken)
}

const session = 'session { accessToken refreshToken viewer { id email displayName } } userErrors { code }'
const signIn = `mutation ($email: String!, $password: String!) { answer: sessionCreate(email: $email, password: $password) { ${session} } }`
const refresh = `mutation ($token: String!) { answer: sessionRefresh(refreshToken: $token) { ${session} } }`
const signOut = 'mutation ($token: String!) { sessionRevoke(refreshToken: $token) { revoked } }'
const credentialsOf = ({ email }: Canary) => ({ email, password: canaryPassword })

/** What a canary does, on what is its own and on what is not. */
export const canaryOperations: Readonly<Record<string, CanaryOperation>> = {
  async everything(self, load) {
    await load.ask(self.name, everything, {}, own(self, load))
  },
  async aliasesAndFragments(self, load) {
    await load.ask(self.name, twice, { first: load.random.between(1, 5) }, own(self, load))
  },
  async listing(self, load) {
    await load.ask(self.name, listing, {}, own(self, load))
  },
  async sameQueryByManyAtOnce(self, load) {
    const askers = load.random.shuffle([self, ...othersOf(self, load)]).slice(0, 8)
    await Promise.all(askers.map((asker) => load.ask(asker.name, everything, {}, asker.steady)))
  },
  async cartChanges(self, load) {
    const { variantId } = load.random.pick(load.goods)
    const cart = `cart { id owner { email } lines { id quantity } } userErrors { code }`
    const added = await load.ask(
      self.name,
      `mutation ($id: ID!, $variant: ID!) { answer: cartLinesAdd(cartId: $id, lines: [{ variantId: $variant }]) { ${cart} } }`,
      { id: self.ids.cart, variant: variantId },
      own(self, load),
    )
    const { data } = JSON.parse(added.text) as { data: { answer: { cart: { lines: { id: string }[] } | null } } }
    const line = data.answer.cart?.lines.at(-1)
    if (!line) return
    const lines = [{ lineId: line.id, quantity: load.random.between(0, 3) }]
    await load.ask(
      self.name,
      `mutation ($id: ID!, $lines: [CartLineUpdateInput!]!) { cartLinesUpdate(cartId: $id, lines: $lines) { ${cart} } }`,
      { id: self.ids.cart, lines },
      own(self, load),
    )
  },
  async accountChanges(self, load) {
    const changes = `mutation ($id: ID!, $name: String!, $input: AddressInput!) {
      viewerUpdate(input: { displayName: $name }) { viewer { id email displayName } userErrors { code } }
      addressUpdate(addressId: $id, input: $input) { address { ${addressFields} } userErrors { code } }
    }`
    const input = { fullName: self.song, line1: self.song, city: 'London', postalCode: 'SW1Y 4JH', countryCode: 'GB' }
    const name = `${self.song} ${load.random.between(1, 9)}`
    await load.ask(self.name, changes, { id: self.ids.address, name, input }, own(self, load))
  },
  async ownIds(self, load) {
    await load.ask(self.name, byIds, { ids: idsOf(self) }, own(self, load))
    await load.ask(self.name, byId, { id: load.random.pick(idsOf(self)) }, own(self, load))
  },
  async idsOfOthers(self, load) {
    const ids = load.random.shuffle([self, ...othersOf(self, load)].flatMap(idsOf)).slice(0, 20)
    await load.ask(self.name, byIds, { ids }, own(self, load))
    await load.ask(
      self.name,
      byId,
      { id: load.random.pick(idsOf(load.random.pick(othersOf(self, load)))) },
      own(self, load),
    )
  },
  async thingsOfOthers(self, load) {
    const { ids } = load.random.pick(othersOf(self, load))
    const query = `query ($cart: ID!, $order: ID!) {
      cart(id: $cart) { lines { id } owner { email } } order(id: $order) { number email }
      checkoutQuote(cartId: $cart, countryCode: "GB") { subtotal { amount } }
    }`
    await load.ask(self.name, query, { cart: ids.cart, order: ids.order }, own(self, load))
    const mutation = `mutation ($cart: ID!, $order: ID!, $address: ID!, $variant: ID!, $key: String!) {
      cartLinesAdd(cartId: $cart, lines: [{ variantId: $variant }]) { cart { lines { id } owner { email } } userErrors { code message } }
      addressDelete(addressId: $address) { userErrors { code message } }
      orderCancel(orderId: $order, reason: CUSTOMER, idempotencyKey: $key) { order { number email } userErrors { code message } }
    }`
    const variables = { ...ids, variant: load.goods[0]!.variantId, key: `${self.song} ${load.random.next()}` }
    await load.ask(self.name, mutation, variables, own(self, load))
  },
  async refresh(self, load) {
    await renew(self, load, refresh, { token: self.tokens.refreshToken })
  },
  async signOutAndIn(self, load) {
    await load.ask(self.name, signOut, { token: self.tokens.refreshToken }, {})
    await renew(self, load, signIn, credentialsOf(self))
  },
  async cookieSession(self, load) {
    const browser = load.browser(self.name)
    await browser.post('/session', credentialsOf(self))
    const proof = () => ({ 'csrf-token': browser.csrfToken() })
    await browser.post('/graphql', { query: everything }, proof())
    await browser.post('/session/refresh', {}, proof())
    const ids = idsOf(load.random.pick(othersOf(self, load)))
    await browser.post('/graphql', { query: byIds, variables: { ids } }, proof())
    await browser.post('/session/end', {}, proof())
    await browser.post('/graphql', { query: everything })
  },
}

/** What is asked by somebody who is nobody. */
export const guestOperations: Readonly<Record<string, (load: Load) => Promise<void>>> = {
  async everything(load) {
    await load.ask('guest', everything, {}, {})
  },
  async listing(load) {
    await load.ask('guest', listing, {}, {})
  },
  async idsOfCanaries(load) {
    const ids = load.random.shuffle(load.canaries.flatMap(idsOf)).slice(0, 20)
    await load.ask('guest', byIds, { ids }, {})
  },
  async cart(load) {
    const query = `mutation ($lines: [CartLineInput!]!) { cartCreate(lines: $lines) { cart { id owner { email } lines { id } } cartToken userErrors { code } } }`
    const { text } = await load.ask(
      'guest',
      query,
      { lines: [{ variantId: load.random.pick(load.goods).variantId }] },
      {},
    )
    const { data } = JSON.parse(text) as { data: { cartCreate: { cartToken: string } } }
    await load.ask('guest', everything, {}, { 'cart-token': data.cartCreate.cartToken })
  },
}

/** What is asked by one of staff, whose answers may hold everybody's markers. */
export const staffOperations: readonly string[] = [
  '{ users(first: 50) { totalCount edges { node { id email displayName addresses { fullName } cart { id } } } } }',
  '{ orders(first: 50) { edges { node { id number email customer { email } shippingAddress { fullName } } } } }',
]
