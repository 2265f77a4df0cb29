import type { OrderRecord } from '@cartograph/contracts'
import { stableUuid } from '../stable-uuid.ts'
import type { Invoice } from './read-invoices.ts'
import { retailCustomerId } from './retail-customers.ts'

const DAY = 86_400_000

/** The order of an invoice, fulfilled a day after it was placed; line ids depend on the place of the line in it. */
export function retailOrder({ number, customer, placedAt, lines }: Invoice): OrderRecord {
  return {
    kind: 'order',
    id: stableUuid('online-retail/order', number, placedAt),
    number: `R-${number}`,
    customerId: retailCustomerId(customer),
    placedAt: placedAt.toISOString(),
    fulfilledAt: new Date(placedAt.getTime() + DAY).toISOString(),
    cancelledAt: null,
    currencyCode: 'GBP',
    lines: lines.map(({ entry, quantity, unitPrice }, position) => ({
      id: stableUuid('online-retail/order-line', `${number}/${position}`, placedAt),
      variantId: entry.variantId,
      productId: entry.productId,
      sku: entry.sku,
      title: entry.title,
      quantity,
      unitPrice,
    })),
  }
}
