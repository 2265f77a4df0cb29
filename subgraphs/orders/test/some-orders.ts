import type { OrderRecord } from '@cartograph/contracts'
import { uuidOf } from '@cartograph/test-kit'

export const alice = uuidOf('user', 1)
export const bob = uuidOf('user', 2)

export const minute = (number: number): string => new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString()

type Line = OrderRecord['lines'][number]

/** Line `number` of the shop: product 1, 2, 3, … in its only variant. */
export function line(number: number, product: number, changes: Partial<Line> = {}): Line {
  return {
    id: uuidOf('line', number),
    variantId: uuidOf('variant', product),
    productId: uuidOf('product', product),
    sku: `SKU-${product}`,
    title: `Product ${product}`,
    quantity: 1,
    unitPrice: 100,
    ...changes,
  }
}

/** Order `number`, placed in minute `number` of 2026. */
export function order(number: number, changes: Partial<OrderRecord> = {}): OrderRecord {
  return {
    kind: 'order',
    id: uuidOf('order', number),
    number: `T-${number}`,
    customerId: alice,
    placedAt: minute(number),
    fulfilledAt: null,
    cancelledAt: null,
    currencyCode: 'GBP',
    lines: [line(number * 100, 1)],
    ...changes,
  }
}
