import type { Database } from '../database.ts'
import type { WebhookJob } from './webhook-jobs.ts'
import { webhookEvents, type WebhookEventType } from './webhook-event.ts'

/** A try to be made, and all that it needs. */
export interface DueTry {
  readonly deliveryId: string
  readonly attempt: number
  readonly endpointId: string
  readonly partnerId: string
  readonly messageId: string
  readonly payload: string
  readonly triedSince: Date
  /** Tries since then, without this one. */
  readonly tries: number
  readonly url: string
  readonly isEnabled: boolean
  /** Whether the partner may still know of such events. */
  readonly isPermitted: boolean
  /** As they are sealed, the newest first. */
  readonly secrets: readonly Buffer[]
}

/** The try of a job, in one statement; null when it was made, is another one by now, or is of no use any more. */
export async function findDueTry(db: Database, { deliveryId, attempt }: WebhookJob, now: Date): Promise<DueTry | null> {
  const [row] = await db.$queryRaw<
    (Omit<DueTry, 'isPermitted' | 'secrets'> & { eventType: WebhookEventType; scopes: string[]; sealed: string[] })[]
  >`
    select d.id as "deliveryId", d.attempt_count as attempt, d.endpoint_id as "endpointId", d.message_id as "messageId",
      d.event_type as "eventType", d.payload, d.tried_since as "triedSince", d.tries, e.url,
      e.is_enabled as "isEnabled", e.partner_id as "partnerId", p.scopes,
      array(
        select encode(s.secret, 'base64') from webhook_secret s
        where s.endpoint_id = e.id and (s.expires_at is null or s.expires_at > ${now}::timestamptz)
        order by s.expires_at desc nulls first
      ) as sealed
    from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id join partner p on p.id = e.partner_id
    where d.id = ${deliveryId}::uuid and d.status = 'PENDING' and d.attempt_count = ${attempt}`
  if (!row) return null
  const { eventType, scopes, sealed, ...due } = row
  const { scope } = webhookEvents[eventType]
  return {
    ...due,
    isPermitted: scope === null || scopes.includes(scope),
    secrets: sealed.map((text) => Buffer.from(text, 'base64')),
  }
}
