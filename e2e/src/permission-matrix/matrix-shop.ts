import { randomUUID } from 'node:crypto'
import { fillShop } from '@cartograph/local-stack'
import { toGlobalId } from '@cartograph/global-ids'
import { eventually } from '@cartograph/test-kit'
import { startOpenIdProvider } from '@cartograph/test-kit/openid-provider'
import type { Role } from '@cartograph/viewer'
import { startThrowAwayStack, type ThrowAwayStack } from '../demo-stack.ts'
import { ask, signIn } from '../shop-client.ts'
import { address } from '../shopper.ts'
import { type PartnerIds, partnerOfMatrix } from './partner-of-matrix.ts'

export interface Person {
  /** The global id of the account. */
  readonly id: string
  readonly email: string
  readonly headers: { readonly authorization: string }
}

export type PersonName = 'owner' | 'other' | Exclude<Role, 'CUSTOMER'>

/** A shop in which the owner has one of everything that anybody can have, and a way to make more of what is used up. */
export interface MatrixShop extends ThrowAwayStack {
  readonly people: Readonly<Record<PersonName, Person>>
  /** Global ids of what is there to be read. */
  readonly ids: Readonly<
    Record<
      | 'product'
      | 'variant'
      | 'category'
      | 'parentCategory'
      | 'address'
      | 'cart'
      | 'cartLine'
      | 'order'
      | 'cancelledOrder'
      | 'checkout'
      | 'level'
      | 'location'
      | 'disabledUser',
      string
    >
  > &
    PartnerIds
  readonly slugs: { readonly product: string; readonly category: string }
  /** The answer to one operation of somebody's, or of a guest's; throws when it is refused. */
  as<Data = unknown>(person: PersonName | null, operation: string): Promise<Data>
  /** The owner's active cart, and a line in it. */
  cart(): Promise<{ id: string; lineId: string }>
  /** The id of the owner's active cart, with two units in it and nothing else. */
  cartOfTwo(): Promise<string>
  /** At which everybody is somebody with an account there. */
  readonly provider: {
    readonly id: string
    readonly redirectUri: string
    visit(authorizationUrl: string): Promise<string>
  }
  /** What buys the cart of two, as an argument. */
  readonly checkoutInput: string
  /** Buys a cart of two as the owner. */
  buy(): Promise<{ orderId: string; lineId: string; checkoutId: string }>
}

const createdAt = '2026-01-01T00:00:00.000Z'
const ids = {
  parent: randomUUID(),
  category: randomUUID(),
  product: randomUUID(),
  variant: randomUUID(),
  address: randomUUID(),
}
const names = ['owner', 'other', 'SUPPORT', 'MERCHANDISER', 'WAREHOUSE', 'ADMIN'] as const
const accountIds = Object.fromEntries(names.map((name) => [name, randomUUID()])) as Record<PersonName, string>

type ShopRecord = Extract<Parameters<typeof fillShop>[1], Iterable<unknown>> extends Iterable<infer Each> ? Each : never

function* records(): Generator<ShopRecord> {
  yield { kind: 'category', id: ids.parent, parentId: null, slug: 'home', name: 'Home', position: 1 }
  yield { kind: 'category', id: ids.category, parentId: ids.parent, slug: 'lamps', name: 'Lamps', position: 1 }
  yield {
    kind: 'product',
    id: ids.product,
    slug: 'lamp',
    title: 'Lamp',
    description: 'It shines.',
    brand: 'Glow',
    categoryIds: [ids.category],
    createdAt,
    variants: [
      {
        id: ids.variant,
        sku: 'LAMP',
        title: 'Lamp',
        price: 1_250,
        compareAtPrice: 1_500,
        currencyCode: 'GBP',
        weight: 300,
      },
    ],
  }
  yield { kind: 'stock', variantId: ids.variant, sku: 'LAMP', received: 100_000, lowStockThreshold: 0 }
  for (const name of names) {
    const isStaff = name !== 'owner' && name !== 'other'
    yield {
      kind: 'customer',
      id: accountIds[name],
      email: `${name.toLowerCase()}@example.com`,
      displayName: name,
      roles: isStaff ? ['CUSTOMER', name] : ['CUSTOMER'],
      demoPassword: true,
      preferredCurrency: 'GBP',
      createdAt,
      address: name === 'owner' ? { ...address, id: ids.address, line2: 'Second floor' } : null,
    }
  }
}

export async function startMatrixShop(): Promise<MatrixShop> {
  const redirectUri = 'http://127.0.0.1:4000/signed-in'
  const client = { clientId: 'shop', clientSecret: 'a secret of the shop', redirectUris: [redirectUri] }
  const provider = await startOpenIdProvider(client)
  provider.signedIn = { sub: 'somebody', email: 'somebody@example.com', email_verified: true }
  const OIDC_PROVIDERS = JSON.stringify([{ id: 'provider', issuer: provider.issuer, ...client }])
  const stack = await startThrowAwayStack(async (_, databases) => void (await fillShop(databases, records())), {
    environment: { OIDC_PROVIDERS },
  })
  const people = Object.fromEntries(
    await Promise.all(
      names.map(async (name) => {
        const email = `${name.toLowerCase()}@example.com`
        return [name, { id: toGlobalId('User', accountIds[name]), email, headers: await signIn(stack.url, email) }]
      }),
    ),
  ) as Record<PersonName, Person>

  const as = async <Data>(person: PersonName | null, operation: string): Promise<Data> => {
    const { data, errors, text } = await ask<Data>(stack.url, operation, {}, person ? people[person].headers : {})
    if (errors || text.includes('"userErrors":[{')) throw new Error(`${operation} was refused: ${text}`)
    return data
  }
  const variant = toGlobalId('ProductVariant', ids.variant)

  async function cart() {
    const lines = 'lines { id quantity }'
    // One that was bought stays the user's cart until carts is told of the order.
    const active = await eventually(async () => {
      const { cartCreate } = await as<{ cartCreate: { cart: ActiveCart } }>(
        'owner',
        `mutation { cartCreate { cart { id status ${lines} } userErrors { code } } }`,
      )
      if (cartCreate.cart.status !== 'ACTIVE') throw new Error('the cart is being bought')
      return cartCreate.cart
    })
    const { id } = active
    const [line] = active.lines
    if (line) return { id, lineId: line.id, quantity: line.quantity }
    const { cartLinesAdd } = await as<{ cartLinesAdd: { cart: ActiveCart } }>(
      'owner',
      `mutation { cartLinesAdd(cartId: "${id}", lines: [{ variantId: "${variant}", quantity: 2 }]) {
        cart { id ${lines} } userErrors { code } } }`,
    )
    return { id, lineId: cartLinesAdd.cart.lines[0]!.id, quantity: 2 }
  }

  async function cartOfTwo() {
    const { id, lineId, quantity } = await cart()
    if (quantity !== 2)
      await as(
        'owner',
        `mutation { cartLinesUpdate(cartId: "${id}", lines: [{ lineId: "${lineId}", quantity: 2 }]) { userErrors { code } } }`,
      )
    return id
  }

  async function buy() {
    const { checkoutComplete } = await as<{ checkoutComplete: Bought }>(
      'owner',
      `mutation { checkoutComplete(cartId: "${await cartOfTwo()}", input: ${purchase}, idempotencyKey: ${key()}) {
        checkout { id } order { id lines { id } } userErrors { code } } }`,
    )
    const { checkout, order } = checkoutComplete
    return { orderId: order.id, lineId: order.lines[0].id, checkoutId: checkout.id }
  }

  const bought = await buy()
  const lines = `[{ orderLineId: "${bought.lineId}", quantity: 1 }]`
  const changed = 'order { id } userErrors { code }'
  await as(
    'ADMIN',
    `mutation { orderFulfill(orderId: "${bought.orderId}", lines: ${lines}, trackingNumber: "T", idempotencyKey: ${key()}) { ${changed} } }`,
  )
  await as(
    'ADMIN',
    `mutation { orderRefund(orderId: "${bought.orderId}", lines: [{ orderLineId: "${bought.lineId}", quantity: 1, restock: true }], idempotencyKey: ${key()}) { ${changed} } }`,
  )
  const cancelled = await buy()
  await as(
    'owner',
    `mutation { orderCancel(orderId: "${cancelled.orderId}", reason: CUSTOMER, idempotencyKey: ${key()}) { ${changed} } }`,
  )
  const active = await cart()
  const stock = await as<{ stockLocations: [{ id: string }]; node: { stockLevels: [{ id: string }] } }>(
    'ADMIN',
    `{ stockLocations { id } node(id: "${variant}") { ... on ProductVariant { stockLevels { id } } } }`,
  )
  const { userRegister } = await as<{ userRegister: { session: { viewer: { id: string } } } }>(
    null,
    `mutation { userRegister(input: { email: "disabled@example.com", password: "${randomUUID()}", displayName: "D" }) {
      session { viewer { id } } userErrors { code } } }`,
  )
  const disabledUser = userRegister.session.viewer.id
  await as('ADMIN', `mutation { userDisable(userId: "${disabledUser}") { user { id } userErrors { code } } }`)
  return {
    ...stack,
    async [Symbol.asyncDispose]() {
      await stack[Symbol.asyncDispose]()
      await provider.stop()
    },
    provider: { id: 'provider', redirectUri, visit: (url) => provider.visit(url, redirectUri) },
    people,
    ids: {
      product: toGlobalId('Product', ids.product),
      variant,
      category: toGlobalId('Category', ids.category),
      parentCategory: toGlobalId('Category', ids.parent),
      address: toGlobalId('Address', ids.address),
      cart: active.id,
      cartLine: active.lineId,
      order: bought.orderId,
      cancelledOrder: cancelled.orderId,
      checkout: bought.checkoutId,
      level: stock.node.stockLevels[0].id,
      location: stock.stockLocations[0].id,
      disabledUser,
      ...(await partnerOfMatrix(stack, { as })),
    },
    slugs: { product: 'lamp', category: 'lamps' },
    as,
    cart,
    cartOfTwo,
    checkoutInput: purchase,
    buy,
  }
}

interface ActiveCart {
  readonly id: string
  readonly status: string
  readonly lines: readonly { readonly id: string; readonly quantity: number }[]
}

interface Bought {
  readonly checkout: { readonly id: string }
  readonly order: { readonly id: string; readonly lines: [{ readonly id: string }] }
}

const key = () => JSON.stringify(randomUUID())

/** Two lamps, sent by standard post. */
const purchase = `{
  email: "owner@example.com", shippingMethodCode: "standard", paymentMethodToken: "sandbox_visa",
  expectedTotal: { amount: "29.95", currencyCode: GBP },
  shippingAddress: { fullName: "Ada", line1: "12 St James’s Square", city: "London", postalCode: "SW1Y 4JH", countryCode: "GB" }
}`
