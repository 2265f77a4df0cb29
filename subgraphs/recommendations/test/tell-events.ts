import { randomUUID } from 'node:crypto'
import { accountDeleted, orderCancelled, orderPlaced } from '@cartograph/contracts'
import { type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import { expect } from 'vitest'

const envelope = (name: string, aggregateId: string, aggregateVersion: number, payload: object) => ({
  id: randomUUID(),
  name,
  aggregateId,
  aggregateVersion,
  occurredAt: new Date().toISOString(),
  payload,
})
const linesOf = (products: readonly number[]) =>
  products.map((number) => ({
    variantId: uuidOf('variant', number),
    productId: uuidOf('product', number),
    quantity: 1,
  }))

/** That user `buyer` placed order `number`. */
export const placed = (number: number, buyer: number, products: readonly number[], at: Date) =>
  envelope(orderPlaced.name, uuidOf('order', number), 1, {
    orderId: uuidOf('order', number),
    checkoutId: randomUUID(),
    cartId: randomUUID(),
    customerId: uuidOf('user', buyer),
    placedAt: at.toISOString(),
    lines: linesOf(products),
  })

export const cancelled = (number: number, products: readonly number[]) =>
  envelope(orderCancelled.name, uuidOf('order', number), 2, {
    orderId: uuidOf('order', number),
    checkoutId: null,
    customerId: null,
    lines: linesOf(products),
  })

export const erased = (number: number) =>
  envelope(accountDeleted.name, uuidOf('user', number), 1, { userId: uuidOf('user', number) })

export async function tell(shop: SubgraphUnderTest, ...events: object[]): Promise<void> {
  const outcomes = events.map(() => 'done')
  expect(await shop.post('/events', { events })).toEqual({ status: 200, content: { outcomes } })
}
