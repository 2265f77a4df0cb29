import { z } from 'zod'
import { currencyCode } from './currency-code.ts'
import { defineEvent, type Event } from './event.ts'

const quantity = z.int().positive()
const minorUnits = z.int().nonnegative()

export const productChanged = defineEvent({
  name: 'products.product-changed.v1',
  description: 'A product was made, edited, published or taken down. Versions are those of the product.',
  payload: z.object({
    productId: z.uuid(),
    status: z.enum(['DRAFT', 'ACTIVE', 'ARCHIVED']),
    title: z.string(),
    categoryIds: z.array(z.uuid()),
    variantIds: z.array(z.uuid()),
  }),
  subscribers: ['recommendations'],
})

export const priceChanged = defineEvent({
  name: 'products.price-changed.v1',
  description: 'A variant costs something else from now on. Versions are those of the variant.',
  payload: z.object({
    variantId: z.uuid(),
    productId: z.uuid(),
    unitPrice: minorUnits,
    currencyCode,
  }),
  subscribers: ['carts', 'partners'],
})

export const stockRunningLow = defineEvent({
  name: 'inventory.stock-running-low.v1',
  description: 'The units of a variant that can be bought have fallen to its threshold, or below it.',
  payload: z.object({
    variantId: z.uuid(),
    available: z.int().nonnegative(),
    threshold: z.int().nonnegative(),
  }),
  subscribers: ['partners', 'recommendations'],
})

export const linesAdded = defineEvent({
  name: 'carts.lines-added.v1',
  description:
    'A user has put units of variants into their cart. Of guests nothing is told. Versions are those of the cart.',
  payload: z.object({
    cartId: z.uuid(),
    userId: z.uuid(),
    lines: z.array(z.object({ variantId: z.uuid(), quantity })).min(1),
    at: z.iso.datetime(),
  }),
  subscribers: ['recommendations'],
})

export const orderPlaced = defineEvent({
  name: 'orders.order-placed.v1',
  description: 'An order stands: what was reserved for its checkout is sold, and its cart is closed.',
  payload: z.object({
    orderId: z.uuid(),
    checkoutId: z.uuid(),
    cartId: z.uuid(),
    /** Null for a guest. */
    customerId: z.uuid().nullable(),
    placedAt: z.iso.datetime(),
    lines: z.array(z.object({ variantId: z.uuid(), productId: z.uuid(), quantity })).min(1),
  }),
  subscribers: ['carts', 'inventory', 'partners', 'recommendations'],
})

export const orderCancelled = defineEvent({
  name: 'orders.order-cancelled.v1',
  description: 'An order of which nothing was sent is called off: all that was sold to it can be sold again.',
  payload: z.object({
    orderId: z.uuid(),
    checkoutId: z.uuid().nullable(),
    customerId: z.uuid().nullable(),
    /** Units that had still to be sent; none where all were refunded before. */
    lines: z.array(z.object({ variantId: z.uuid(), productId: z.uuid(), quantity })),
  }),
  subscribers: ['inventory', 'recommendations'],
})

export const orderShipped = defineEvent({
  name: 'orders.order-shipped.v1',
  description: 'Units of an order left the warehouse.',
  payload: z.object({
    orderId: z.uuid(),
    fulfillmentId: z.uuid(),
    customerId: z.uuid().nullable(),
    trackingNumber: z.string().nullable(),
    lines: z.array(z.object({ variantId: z.uuid(), productId: z.uuid(), quantity })).min(1),
  }),
  subscribers: ['partners'],
})

export const orderRefunded = defineEvent({
  name: 'orders.order-refunded.v1',
  description: 'Units of an order are paid back; those that came back can be sold again.',
  payload: z.object({
    orderId: z.uuid(),
    refundId: z.uuid(),
    checkoutId: z.uuid().nullable(),
    customerId: z.uuid().nullable(),
    restocked: z.array(z.object({ variantId: z.uuid(), quantity })),
  }),
  subscribers: ['inventory'],
})

/** So that a batch of events stays far below what a gateway reads of one request. */
export const mostSessionsOfOneEvent = 500

export const sessionsEnded = defineEvent({
  name: 'users.sessions-ended.v1',
  description: 'Sessions of a user have ended: no access token of theirs is good any more. In any order, and for ever.',
  payload: z.object({
    sessionIds: z.array(z.uuid()).min(1).max(mostSessionsOfOneEvent),
    at: z.iso.datetime(),
  }),
  subscribers: ['gateway'],
})

export const partnerChanged = defineEvent({
  name: 'partners.partner-changed.v1',
  description:
    'Something has changed of what gateways know of a partner: its name, scopes, budget, keys or manifests. Versions are those of the partner.',
  payload: z.object({ partnerId: z.uuid() }),
  subscribers: ['gateway'],
})

export const accountDeleted = defineEvent({
  name: 'users.account-deleted.v1',
  description: 'An account is erased for good: whoever keeps something of its owner forgets it, or whose it was.',
  payload: z.object({ userId: z.uuid() }),
  subscribers: ['carts', 'orders', 'recommendations'],
})

/** Every event there is, by name. */
export const events: ReadonlyMap<string, Event> = new Map(
  [
    productChanged,
    priceChanged,
    stockRunningLow,
    linesAdded,
    orderPlaced,
    orderCancelled,
    orderShipped,
    orderRefunded,
    sessionsEnded,
    partnerChanged,
    accountDeleted,
  ].map((event) => [event.name, event as Event]),
)
