import { createHash, randomUUID } from 'node:crypto'
import { cartContents, type Event, lockCart, orderPlaced, priceChanged, unlockCart } from '@cartograph/contracts'
import { fromGlobalId } from '@cartograph/global-ids'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { CartData, CartsUnderTest } from './carts-under-test.ts'

type Poster = Pick<CartsUnderTest, 'post'>

export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
export const cartUuid = (cart: CartData) => fromGlobalId('Cart', cart.id)

/** Who checks out, as orders tells it. */
export interface Buyer {
  readonly userId?: string | null
  readonly cartTokenHash?: string | null
}

/** Has a checkout hold a cart; the key is the checkout's, as orders has it, unless another is given. */
export async function lock(
  carts: Poster,
  checkoutId: string,
  cart: CartData,
  { userId = null, cartTokenHash = null }: Buyer,
  { expectedVersion = null, key = checkoutId }: { expectedVersion?: number | null; key?: string } = {},
): Promise<z.output<typeof lockCart.result>> {
  const input = { checkoutId, cartId: cartUuid(cart), userId, cartTokenHash, expectedVersion }
  const { status, content } = await carts.post(`/commands/${lockCart.name}`, { key, input })
  expect(status).toBe(200)
  return lockCart.result.parse((content as { result: unknown }).result)
}

export async function unlock(carts: Poster, checkoutId: string, cart: CartData, key = checkoutId): Promise<void> {
  const input = { checkoutId, cartId: cartUuid(cart) }
  expect(await carts.post(`/commands/${unlockCart.name}`, { key, input })).toEqual({
    status: 200,
    content: { result: {} },
  })
}

export async function contentsOf(carts: Poster, cart: CartData, { userId = null, cartTokenHash = null }: Buyer) {
  const { status, content } = await carts.post(`/questions/${cartContents.name}`, {
    cartId: cartUuid(cart),
    userId,
    cartTokenHash,
  })
  expect(status).toBe(200)
  return cartContents.answer.parse(content)
}

export function envelopeOf<Payload extends z.ZodType>(
  event: Event<Payload>,
  aggregateId: string,
  aggregateVersion: number,
  payload: z.input<Payload>,
) {
  return {
    id: randomUUID(),
    name: event.name,
    aggregateId,
    aggregateVersion,
    occurredAt: '2026-03-04T05:06:07.000Z',
    payload,
  }
}

export const priceEvent = (
  variantId: string,
  version: number,
  unitPrice: number,
  currencyCode: 'EUR' | 'GBP' = 'GBP',
) => envelopeOf(priceChanged, variantId, version, { variantId, productId: randomUUID(), unitPrice, currencyCode })

export function orderEvent(checkoutId: string, cart: CartData) {
  const orderId = randomUUID()
  return envelopeOf(orderPlaced, orderId, 1, {
    orderId,
    checkoutId,
    cartId: cartUuid(cart),
    customerId: null,
    placedAt: '2026-03-04T05:06:07.000Z',
    lines: [{ variantId: randomUUID(), productId: randomUUID(), quantity: 1 }],
  })
}

/** Delivers events as another service would; all must be acted on. */
export async function deliver(carts: Poster, ...events: object[]): Promise<void> {
  expect(await carts.post('/events', { events })).toEqual({
    status: 200,
    content: { outcomes: events.map(() => 'done') },
  })
}
