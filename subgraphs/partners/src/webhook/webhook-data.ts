import type { orderPlaced, orderShipped, priceChanged, stockRunningLow } from '@cartograph/contracts'
import { toGlobalId } from '@cartograph/global-ids'
import { money, toDecimal } from '@cartograph/money'
import type { z } from 'zod'

/** The `data` of what partners are sent: ids to ask for the rest with, as the API has them, and never who has bought. */
export function orderPlacedData({ orderId, placedAt, lines }: z.output<typeof orderPlaced.payload>) {
  return { orderId: toGlobalId('Order', orderId), placedAt, lines: lines.map(lineData) }
}

export function orderShippedData(shipped: z.output<typeof orderShipped.payload>) {
  const { orderId, fulfillmentId, trackingNumber, lines } = shipped
  return {
    orderId: toGlobalId('Order', orderId),
    fulfillmentId: toGlobalId('Fulfillment', fulfillmentId),
    trackingNumber,
    lines: lines.map(lineData),
  }
}

export function stockLowData({ variantId, available, threshold }: z.output<typeof stockRunningLow.payload>) {
  return { variantId: toGlobalId('ProductVariant', variantId), available, threshold }
}

export function priceChangedData(changed: z.output<typeof priceChanged.payload>) {
  const { variantId, productId, unitPrice, currencyCode } = changed
  return {
    variantId: toGlobalId('ProductVariant', variantId),
    productId: toGlobalId('Product', productId),
    price: { amount: toDecimal(money(unitPrice, currencyCode)), currencyCode },
  }
}

function lineData({ variantId, productId, quantity }: z.output<typeof orderPlaced.payload>['lines'][number]) {
  return {
    variantId: toGlobalId('ProductVariant', variantId),
    productId: toGlobalId('Product', productId),
    quantity,
  }
}
