import { randomUUID } from 'node:crypto'
import { Pool } from 'undici'
import { address } from './shopper.ts'

/** How one buyer's purchase ended. */
export interface Outcome {
  /** In pence; null when it was refused. */
  readonly total: number | null
  /** Why it was refused, each with the variant it names. */
  readonly refusals: readonly { readonly code: string; readonly variant: { readonly id: string } | null }[]
  /** Milliseconds from the start of the rush to the last answer. */
  readonly answeredAfter: number
}

const operations = {
  cart: `mutation Cart($lines: [CartLineInput!]!) {
    cartCreate(lines: $lines) {
      cart { id } cartToken
      userErrors { code ... on InsufficientStockError { variant { id } } }
    }
  }`,
  quote: `query Quote($cartId: ID!) {
    checkoutQuote(cartId: $cartId, countryCode: "GB") { shippingOptions { code total { amount currencyCode } } }
  }`,
  checkout: `mutation Buy($cartId: ID!, $input: CheckoutInput!, $key: String!) {
    checkoutComplete(cartId: $cartId, input: $input, idempotencyKey: $key) {
      checkout { status } order { total { amount } }
      userErrors { code ... on OutOfStockError { variant { id } } }
    }
  }`,
} as const

interface Answers {
  readonly cart: {
    cartCreate: { cart: { id: string } | null; cartToken: string | null; userErrors: Outcome['refusals'] }
  }
  readonly quote: { checkoutQuote: { shippingOptions: { code: string; total: object }[] } }
  readonly checkout: {
    checkoutComplete: {
      checkout: { status: string } | null
      order: { total: { amount: string } } | null
      userErrors: Outcome['refusals']
    }
  }
}

/**
 * So many guests at once, on a connection each, buy one unit of a variant: a new cart, what it costs to send, and the
 * order, paid. Who is told PROCESSING asks again with the same key. Throws when anything is answered with an error.
 */
export async function rush(url: string, variantId: string, buyers: number): Promise<Outcome[]> {
  const { origin, pathname: path } = new URL(url)
  const pool = new Pool(origin, { connections: buyers })
  const startedAt = performance.now()

  async function send<Name extends keyof Answers>(
    name: Name,
    variables: object,
    token?: string,
  ): Promise<Answers[Name]> {
    const headers = { 'content-type': 'application/json', ...(token !== undefined && { 'cart-token': token }) }
    const body = JSON.stringify({ query: operations[name], variables })
    const response = await pool.request({ method: 'POST', path, headers, body })
    const { data, errors } = (await response.body.json()) as { data: Answers[Name]; errors?: unknown[] }
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors).slice(0, 500)}`)
    return data
  }

  async function buyOne(): Promise<Omit<Outcome, 'answeredAfter'>> {
    const { cart, cartToken, userErrors } = (await send('cart', { lines: [{ variantId }] })).cartCreate
    if (!cart) return { total: null, refusals: userErrors }
    const { shippingOptions } = (await send('quote', { cartId: cart.id }, cartToken!)).checkoutQuote
    const { code: shippingMethodCode, total: expectedTotal } = shippingOptions[0]!
    const payment = { email: 'ada@example.com', paymentMethodToken: 'sandbox_visa', shippingAddress: address }
    const input = { ...payment, shippingMethodCode, expectedTotal }
    const key = randomUUID()
    for (;;) {
      const { checkoutComplete } = await send('checkout', { cartId: cart.id, input, key }, cartToken!)
      const { checkout, order, userErrors: refusals } = checkoutComplete
      if (checkout?.status === 'PROCESSING') continue
      return { total: order && Math.round(Number(order.total.amount) * 100), refusals }
    }
  }

  try {
    return await Promise.all(
      Array.from({ length: buyers }, async () => ({
        ...(await buyOne()),
        answeredAfter: performance.now() - startedAt,
      })),
    )
  } finally {
    await pool.destroy()
  }
}
