import type { Scope } from '@cartograph/viewer'

/** What partners can be told of: its name in messages, and the scope that a partner needs for it. */
export const webhookEvents = {
  ORDER_PLACED: { name: 'order.placed', scope: 'orders:read' },
  ORDER_SHIPPED: { name: 'order.shipped', scope: 'orders:read' },
  STOCK_LOW: { name: 'stock.low', scope: 'inventory:read' },
  PRICE_CHANGED: { name: 'price.changed', scope: null },
} as const satisfies Record<string, { readonly name: string; readonly scope: Scope | null }>

export type WebhookEventType = keyof typeof webhookEvents
