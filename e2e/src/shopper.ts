import { randomUUID } from 'node:crypto'
import { ask } from './shop-client.ts'
import type { SoldGoods } from './small-shop.ts'

export interface Money {
  readonly amount: string
  readonly currencyCode: string
}

/** What is sent with requests: of a guest the token of the cart, of a user the access token. */
export type Headers = Record<string, string>

export interface ShoppersCart {
  readonly id: string
  readonly token: string
  readonly headers: Headers
}

export interface UserErrorAnswer {
  readonly __typename: string
  readonly code: string
  readonly [field: string]: unknown
}

export interface OrderAnswer {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly total: Money
  readonly lines: { readonly id: string; readonly variant: { readonly sku: string } | null }[]
}

export interface CheckoutAnswer {
  readonly checkout: { readonly id: string; readonly status: string } | null
  readonly order: OrderAnswer | null
  readonly nextAction: { readonly type: string; readonly url: string } | null
  readonly userErrors: readonly UserErrorAnswer[]
}

export interface QuoteAnswer {
  readonly cartVersion: number
  readonly subtotal: Money
  readonly shippingOptions: { readonly code: string; readonly total: Money }[]
  readonly problems: readonly UserErrorAnswer[]
}

const refusal = `__typename code message path
  ... on OutOfStockError { requested available variant { sku title } }
  ... on InsufficientStockError { requested available variant { sku title } }
  ... on NotForSaleError { variant { sku title } }
  ... on PaymentDeclinedError { declineCode }
  ... on TotalChangedError { currentTotal { amount currencyCode } }
  ... on CartChangedError { currentVersion }`

const orderFields = `id number status email shippingMethod cancelReason
  subtotal { amount } shipping { amount } tax { name rate included amount { amount } } total { amount currencyCode }
  refunded { amount }
  lines { id title quantity fulfilledQuantity refundedQuantity unitPrice { amount } lineTotal { amount } variant { sku } }
  payments { status amount { amount } }
  fulfillments { trackingNumber lines { quantity orderLine { id } } }
  refunds { amount { amount } reason lines { quantity restocked orderLine { id } } }
  timeline(first: 20) { edges { node { type } } }`

const checkoutFields = `checkout { id status } order { ${orderFields} } nextAction { type url } userErrors { ${refusal} }`

const cartCreate = `mutation ($lines: [CartLineInput!]!) {
  cartCreate(lines: $lines) { cart { id } cartToken userErrors { ${refusal} } }
}`

const checkoutQuote = `query ($cartId: ID!, $countryCode: String!) {
  checkoutQuote(cartId: $cartId, countryCode: $countryCode) {
    cartVersion subtotal { amount currencyCode }
    shippingOptions {
      code name shipping { amount } tax { name rate included amount { amount } } total { amount currencyCode }
    }
    problems { ${refusal} }
  }
}`

const checkoutComplete = `mutation ($cartId: ID!, $input: CheckoutInput!, $key: String!) {
  checkoutComplete(cartId: $cartId, input: $input, idempotencyKey: $key) { ${checkoutFields} }
}`

export const address = {
  fullName: 'Ada Lovelace',
  line1: '12 St James’s Square',
  line2: null,
  city: 'London',
  postalCode: 'SW1Y 4JH',
  countryCode: 'GB',
}

/** What a buyer sends: to London by standard post, with a card that pays. */
export const checkoutInput = (total: string, changes: object = {}) => ({
  email: 'ada@example.com',
  shippingAddress: address,
  shippingMethodCode: 'standard',
  paymentMethodToken: 'sandbox_visa',
  expectedTotal: { amount: total, currencyCode: 'GBP' },
  ...changes,
})

/** The only field of an operation, under this name or alias; throws when anything is answered with an error. */
async function field<Value>(
  url: string,
  name: string,
  query: string,
  variables: Record<string, unknown>,
  headers: Headers = {},
): Promise<Value> {
  const { data, errors, text } = await ask<Record<string, Value>>(url, query, variables, headers)
  if (errors) throw new Error(`${name} failed: ${text}`)
  return data[name]!
}

/** A buyer's gestures at the shop with this address. */
export function shopperAt(url: string) {
  async function openCart(...lines: readonly (readonly [SoldGoods, number])[]): Promise<ShoppersCart> {
    type Created = { cart: { id: string } | null; cartToken: string; userErrors: unknown[] }
    const { cart, cartToken, userErrors } = await field<Created>(url, 'cartCreate', cartCreate, {
      lines: lines.map(([{ variantId }, quantity]) => ({ variantId, quantity })),
    })
    if (!cart) throw new Error(`no cart was opened: ${JSON.stringify(userErrors)}`)
    return { id: cart.id, token: cartToken, headers: { 'cart-token': cartToken } }
  }

  const quote = ({ id, headers }: ShoppersCart, countryCode = 'GB') =>
    field<QuoteAnswer>(url, 'checkoutQuote', checkoutQuote, { cartId: id, countryCode }, headers)

  const complete = ({ id, headers }: ShoppersCart, input: object, key: string = randomUUID()) =>
    field<CheckoutAnswer>(url, 'checkoutComplete', checkoutComplete, { cartId: id, input, key }, headers)

  /** Buys at the price of a quote, and answers the order. */
  async function buy(cart: ShoppersCart, changes: object = {}): Promise<OrderAnswer> {
    const { shippingOptions } = await quote(cart)
    const { total } = shippingOptions.find(({ code }) => code === 'standard')!
    const { order, userErrors } = await complete(cart, checkoutInput(total.amount, changes))
    if (!order) throw new Error(`nothing was bought: ${JSON.stringify(userErrors)}`)
    return order
  }

  return {
    openCart,
    quote,
    complete,
    buy,
    /** As `complete`, with the answer as it came over HTTP. */
    send: ({ id, headers }: ShoppersCart, input: object, key: string) =>
      ask<{ checkoutComplete: CheckoutAnswer }>(url, checkoutComplete, { cartId: id, input, key }, headers),
    continue: (id: string, headers: Headers) =>
      field<CheckoutAnswer>(
        url,
        'checkoutContinue',
        `mutation ($id: ID!) { checkoutContinue(checkoutId: $id) { ${checkoutFields} } }`,
        { id },
        headers,
      ),
    /** The checkout as it stands, or null for whoever may not see it. */
    checkout: (id: string, headers: Headers) =>
      field<object | null>(
        url,
        'checkout',
        'query ($id: ID!) { checkout(id: $id) { status order { number status } userErrors { code } } }',
        { id },
        headers,
      ),
    /** The order as it stands, or null for whoever may not see it. */
    order: (id: string, headers: Headers) =>
      field<OrderAnswer | null>(
        url,
        'order',
        `query ($id: ID!) { order(id: $id) { ${orderFields} } }`,
        { id },
        headers,
      ),
    /** Changes an order by a mutation with its arguments. */
    change: (mutation: string, headers: Headers) =>
      field<Pick<CheckoutAnswer, 'order' | 'userErrors'>>(
        url,
        'change',
        `mutation { change: ${mutation} { order { ${orderFields} } userErrors { ${refusal} } } }`,
        {},
        headers,
      ),
    /** What the cart has become, with the standing of its lines. */
    cart: ({ id, headers }: Pick<ShoppersCart, 'id' | 'headers'>) =>
      field<object>(
        url,
        'cart',
        `query ($id: ID!) { cart(id: $id) {
          status lines { quantity availability priceChanged unitPrice { amount } currentUnitPrice { amount } }
        } }`,
        { id },
        headers,
      ),
  }
}

interface StockAnswer {
  readonly onHand: number
  readonly reserved: number
  readonly movements: { edges: { node: { delta: number; reason: string; onHandAfter: number } }[] }
}

/** What lies in stock of something and how it came to be so, the latest movement first; as staff see it. */
export async function stockOf(url: string, { variantId }: SoldGoods, staff: Headers): Promise<object> {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ProductVariant { stockLevels {
    onHand reserved movements(first: 20) { edges { node { delta reason onHandAfter } } } } } } }`
  const [node] = await field<[{ stockLevels: [StockAnswer] }]>(url, 'nodes', query, { ids: [variantId] }, staff)
  const { onHand, reserved, movements } = node.stockLevels[0]
  return {
    onHand,
    reserved,
    movements: movements.edges.map(({ node: { delta, reason, onHandAfter } }) => `${delta} ${reason} ${onHandAfter}`),
  }
}
