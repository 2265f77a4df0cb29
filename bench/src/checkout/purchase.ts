import { randomUUID } from 'node:crypto'
import type { Pool } from 'undici'

/** Something to buy. */
export interface Line {
  readonly variantId: string
  readonly quantity: number
}

/** How a purchase went: milliseconds of each of its requests, and why it was refused, if it was. */
export interface PurchaseResult {
  readonly requests: { readonly cart: number; readonly quote: number; readonly checkout: number }
  readonly refusals: readonly string[]
}

const operations = {
  cart: `mutation Cart($lines: [CartLineInput!]!) {
  cartCreate(lines: $lines) {
    cart { id version totalQuantity subtotal { amount currencyCode } lines { id quantity lineTotal { amount } } }
    cartToken
    userErrors { code message }
  }
}`,
  quote: `query Quote($cartId: ID!) {
  checkoutQuote(cartId: $cartId, countryCode: "GB") {
    cartVersion subtotal { amount }
    shippingOptions { code name shipping { amount } tax { name amount { amount } } total { amount currencyCode } }
    problems { code message }
  }
}`,
  checkout: `mutation Buy($cartId: ID!, $input: CheckoutInput!, $key: String!) {
  checkoutComplete(cartId: $cartId, input: $input, idempotencyKey: $key) {
    checkout { id status }
    order { id number status total { amount currencyCode } lines { title quantity lineTotal { amount } } payments { status } }
    userErrors { code message }
  }
}`,
} as const

const shippingAddress = {
  fullName: 'Ada Lovelace',
  line1: '12 St James’s Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  countryCode: 'GB',
}

interface CartAnswer {
  readonly cartCreate: {
    readonly cart: { readonly id: string } | null
    readonly cartToken: string | null
    readonly userErrors: readonly { readonly code: string }[]
  }
}
interface QuoteAnswer {
  readonly checkoutQuote: {
    readonly shippingOptions: readonly { readonly code: string; readonly total: object }[]
    readonly problems: readonly { readonly code: string }[]
  }
}
interface CheckoutAnswer {
  readonly checkoutComplete: {
    readonly checkout: { readonly status: string } | null
    readonly order: { readonly status: string } | null
    readonly userErrors: readonly { readonly code: string }[]
  }
}

/**
 * One whole purchase of a guest, as a shop front makes it: a new cart with its lines, what it costs to send it to an
 * address, and the order, paid. Throws when an answer is an error, or neither an order nor a refusal.
 */
export async function purchase(pool: Pool, path: string, lines: readonly Line[]): Promise<PurchaseResult> {
  const requests = { cart: 0, quote: 0, checkout: 0 }
  const { cartCreate } = await timed<CartAnswer>(pool, path, requests, 'cart', { lines })
  const { cart, cartToken } = cartCreate
  if (!cart || !cartToken) return { requests, refusals: cartCreate.userErrors.map(({ code }) => code) }
  const { checkoutQuote } = await timed<QuoteAnswer>(pool, path, requests, 'quote', { cartId: cart.id }, cartToken)
  const [option] = checkoutQuote.shippingOptions
  if (!option) throw new Error(`a cart cannot be sent: ${JSON.stringify(checkoutQuote)}`)
  const input = {
    email: 'ada@example.com',
    shippingAddress,
    shippingMethodCode: option.code,
    paymentMethodToken: 'sandbox_visa',
    expectedTotal: option.total,
  }
  const variables = { cartId: cart.id, input, key: randomUUID() }
  const { checkoutComplete } = await timed<CheckoutAnswer>(pool, path, requests, 'checkout', variables, cartToken)
  const { order, userErrors } = checkoutComplete
  if ((order === null) === (userErrors.length === 0))
    throw new Error(`a checkout has no outcome: ${JSON.stringify(checkoutComplete)}`)
  return { requests, refusals: userErrors.map(({ code }) => code) }
}

async function timed<Data>(
  pool: Pool,
  path: string,
  requests: Record<keyof typeof operations, number>,
  name: keyof typeof operations,
  variables: object,
  cartToken?: string,
): Promise<Data> {
  const sentAt = performance.now()
  const response = await pool.request({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...(cartToken && { 'cart-token': cartToken }) },
    body: JSON.stringify({ query: operations[name], variables }),
  })
  const { data, errors } = (await response.body.json()) as { data: Data; errors?: unknown[] }
  requests[name] = performance.now() - sentAt
  if (errors) throw new Error(`${name} failed: ${JSON.stringify(errors).slice(0, 500)}`)
  return data
}
