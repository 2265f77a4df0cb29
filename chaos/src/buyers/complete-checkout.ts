import { setTimeout as pause } from 'node:timers/promises'
import { cancelOrder } from './after-sale.ts'
import { waitsForBuyer } from './cards.ts'
import type { Client } from './client.ts'
import type { CheckoutAnswer, UserErrorAnswer } from './operations.ts'
import type { Purchase } from './tale.ts'

export interface CheckoutInput {
  readonly email: string
  readonly paymentMethodToken: string
  readonly expectedTotal: { readonly amount: string; readonly currencyCode: string }
  readonly [field: string]: unknown
}

export interface CheckoutEnd {
  readonly orderId: string | null
  readonly refusals: readonly string[]
}

type Answer = { readonly payload: CheckoutAnswer; readonly text: string }

/**
 * Buys a cart under one key, in one of the ways buyers do it: once, twice at once, or with another request under the
 * same key as well. Goes on until the end is known, and complains of whatever no shop may answer.
 */
export async function completeCheckout(
  client: Client,
  cartId: string,
  input: CheckoutInput,
  idempotencyKey: string,
): Promise<CheckoutEnd> {
  const { market, random, headers } = client
  const variables = { cartId, input, idempotencyKey }
  const purchase: Purchase = {
    headers,
    variables,
    card: input.paymentMethodToken,
    checkoutId: null,
    status: null,
    orderId: null,
    endTold: null,
    latencyMs: null,
  }
  market.tale.purchases.push(purchase)
  const begun = Date.now()
  const isTwice = random.next() < 0.2
  const isReused = random.next() < 0.05
  const send = () => completeOnce(client, variables)
  const [first, second] = await Promise.all([send(), ...(isTwice ? [send()] : [])])
  const checkout = first.payload.checkout
  const complain = (what: string) =>
    market.tale.complaints.push(`${what} (cart ${cartId}, key ${idempotencyKey}, answered ${first.text})`)
  if (isTwice && second?.payload.checkout?.id !== checkout?.id)
    complain(`one request sent twice at once was answered with two checkouts: ${second?.text}`)
  for (const { code } of first.payload.userErrors) {
    market.tale.refused(code)
    if (unheardOf.has(code)) complain(`a buyer was refused with ${code} and had done nothing for it`)
  }
  if (checkout === null) return { orderId: null, refusals: codesOf(first.payload.userErrors) }
  purchase.checkoutId = checkout.id
  if (isReused) await reuseKey(client, variables, complain)
  const last = await followCheckout(client, checkout)
  purchase.status = last.status as 'COMPLETED' | 'REFUSED'
  purchase.orderId = last.order?.id ?? null
  for (const answer of [first, second]) {
    if (answer && isEnded(answer.payload.checkout)) purchase.endTold ??= answer.text
  }
  if (!waitsForBuyer(purchase.card)) purchase.latencyMs = Date.now() - begun
  if (last.order) {
    const { amount, currencyCode } = last.order.total
    const { expectedTotal } = input
    if (amount !== expectedTotal.amount || currencyCode !== expectedTotal.currencyCode)
      complain(`the order costs ${amount} ${currencyCode}, and its buyer had agreed to ${expectedTotal.amount}`)
  }
  if ((last.order === null) === (last.status === 'COMPLETED')) complain(`${checkout.id} is ${last.status}`)
  return { orderId: last.order?.id ?? null, refusals: codesOf(last.userErrors) }
}

/** Refusals that follow from what somebody else does with a key or a cart that is this buyer's alone. */
const unheardOf = new Set([
  'IDEMPOTENCY_KEY_REUSED',
  'CART_LOCKED',
  'CART_CHECKED_OUT',
  'NOT_FOUND',
  'CHECKOUT_EXPIRED',
])

const codesOf = (errors: readonly UserErrorAnswer[]) => errors.map(({ code }) => code)

const isEnded = (checkout: CheckoutAnswer['checkout']) =>
  checkout?.status === 'COMPLETED' || checkout?.status === 'REFUSED'

async function completeOnce(client: Client, variables: Record<string, unknown>): Promise<Answer> {
  const { data, text } = await client.askForText<{ checkoutComplete: CheckoutAnswer }>('checkoutComplete', variables)
  return { payload: data.checkoutComplete, text }
}

/** The same key with another request must be refused, and change nothing. */
async function reuseKey(
  client: Client,
  variables: { readonly cartId: string; readonly input: CheckoutInput; readonly idempotencyKey: string },
  complain: (what: string) => void,
): Promise<void> {
  const other = { ...variables, input: { ...variables.input, email: 'somebody-else@chaos.example' } }
  const { payload, text } = await completeOnce(client, other)
  if (payload.checkout !== null || payload.userErrors[0]?.code !== 'IDEMPOTENCY_KEY_REUSED')
    complain(`the same key with another request was answered ${text}`)
}

/** Asks, and does what is asked of the buyer, until the checkout has ended. */
async function followCheckout(
  client: Client,
  begun: NonNullable<CheckoutAnswer['checkout']>,
): Promise<NonNullable<CheckoutAnswer['checkout']>> {
  const { random } = client
  let checkout = begun
  while (!isEnded(checkout)) {
    if (checkout.order && random.next() < 0.4) {
      // The order stands, and the money is about to be taken.
      await cancelOrder({ orderId: checkout.order.id, client })
    }
    await pause(checkout.status === 'ACTION_REQUIRED' ? random.between(50, 1_500) : random.between(300, 700))
    const next =
      checkout.status === 'ACTION_REQUIRED'
        ? (await client.ask<{ checkoutContinue: CheckoutAnswer }>('checkoutContinue', { checkoutId: checkout.id }))
            .checkoutContinue.checkout
        : (await client.ask<Pick<CheckoutAnswer, 'checkout'>>('checkout', { id: checkout.id })).checkout
    if (next === null) throw new Error(`checkout ${checkout.id} was answered and is not there any more`)
    checkout = next
    if (Date.now() > client.market.givesUpAt) throw new Error(`checkout ${checkout.id} is still ${checkout.status}`)
  }
  return checkout
}
