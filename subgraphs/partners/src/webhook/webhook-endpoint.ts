import type { WebhookEventType } from './webhook-event.ts'

/** Where a partner is told of what happens. */
export interface WebhookEndpoint {
  readonly id: string
  readonly partnerId: string
  readonly url: string
  readonly eventTypes: readonly WebhookEventType[]
  readonly isEnabled: boolean
  readonly createdAt: Date
  readonly lastDeliveryAt: Date | null
  readonly failingSince: Date | null
}

/** What a partner may have. */
export const mostEndpoints = 10

/** For so long an endpoint's last secret but one still signs. */
export const secretOverlapMs = 24 * 3_600_000
