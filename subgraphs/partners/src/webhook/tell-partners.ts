import type { Database } from '../database.ts'
import { webhookEvents, type WebhookEventType } from './webhook-event.ts'
import type { WebhookServices } from './webhook-services.ts'

/**
 * Makes a delivery, and plans its first try, for each endpoint that asks for such events and is enabled, of partners that
 * may know of them: two statements, however many there are. Told of an event again it makes none.
 */
export async function tellPartners(
  { webhookJobs, now }: Pick<WebhookServices, 'webhookJobs' | 'now'>,
  tx: Database,
  type: WebhookEventType,
  event: { readonly id: string; readonly occurredAt: string },
  data: object,
): Promise<void> {
  const { name, scope } = webhookEvents[type]
  const payload = JSON.stringify({ type: name, timestamp: event.occurredAt, data })
  const messageId = `msg_${event.id.replaceAll('-', '')}`
  const at = now()
  const made = await tx.$queryRaw<{ deliveryId: string; endpointId: string }[]>`
    insert into webhook_delivery
      (endpoint_id, message_id, event_type, payload, created_at, tried_since, next_attempt_at)
    select e.id, ${messageId}, ${type}, ${payload}, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
    from webhook_endpoint e join partner p on p.id = e.partner_id
    where e.is_enabled and ${type} = any(e.event_types) and (${scope}::text is null or ${scope} = any(p.scopes))
    on conflict (endpoint_id, message_id) do nothing
    returning id as "deliveryId", endpoint_id as "endpointId"`
  await webhookJobs.plan(
    tx,
    made.map((delivery) => ({ ...delivery, attempt: 0 })),
  )
}
