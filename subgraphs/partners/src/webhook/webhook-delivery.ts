import type { WebhookEventType } from './webhook-event.ts'

export type WebhookDeliveryStatus = 'PENDING' | 'DELIVERED' | 'DEAD'

/** An event on its way to an endpoint. */
export interface WebhookDelivery {
  readonly id: string
  readonly messageId: string
  readonly eventType: WebhookEventType
  readonly status: WebhookDeliveryStatus
  readonly payload: string
  readonly createdAt: Date
  readonly nextAttemptAt: Date | null
}

/** One try to deliver. */
export interface WebhookAttempt {
  readonly deliveryId: string
  readonly at: Date
  readonly httpStatus: number | null
  readonly durationMs: number
  readonly failure: string | null
}
