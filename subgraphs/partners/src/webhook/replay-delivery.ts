import { notFound, Refused } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import { recordPartnerEvent } from '../audit/record-partner-event.ts'
import { type Database, Prisma } from '../database.ts'
import type { WebhookDelivery } from './webhook-delivery.ts'
import type { WebhookServices } from './webhook-services.ts'

type LockedDelivery = WebhookDelivery & { endpointId: string; partnerId: string; attempt: number }

/**
 * Sends a delivery again, now, whatever has become of it, and has it be tried for another day; its id stays. One that is
 * due, or being sent, is left as it is, so that two who ask at once have it be sent once.
 */
export async function replayDelivery(
  { db, webhookJobs, now }: Pick<WebhookServices, 'db' | 'webhookJobs' | 'now'>,
  viewer: Viewer,
  deliveryId: string,
): Promise<WebhookDelivery> {
  return webhookJobs.wakingAfter<Database>(db).$transaction(async (tx) => {
    const { endpointId, partnerId, attempt, ...delivery } = await lockDelivery(tx, deliveryId)
    const at = now()
    const { status, nextAttemptAt } = delivery
    if (status === 'PENDING' && nextAttemptAt !== null && nextAttemptAt <= at) return delivery
    await tx.webhookDelivery.update({
      where: { id: deliveryId },
      data: { status: 'PENDING', triedSince: at, tries: 0, nextAttemptAt: at },
      select: { id: true },
    })
    await webhookJobs.plan(tx, [{ deliveryId, attempt, endpointId }])
    await recordPartnerEvent(tx, viewer, { kind: 'WEBHOOK_DELIVERY_REPLAYED', partnerId, at })
    return { ...delivery, status: 'PENDING', nextAttemptAt: at }
  })
}

async function lockDelivery(tx: Database, id: string): Promise<LockedDelivery> {
  const [delivery] = await tx.$queryRaw<LockedDelivery[]>(Prisma.sql`
    select d.id, d.message_id as "messageId", d.event_type as "eventType", d.status::text as status, d.payload,
      d.created_at as "createdAt", d.next_attempt_at as "nextAttemptAt", d.attempt_count as attempt,
      d.endpoint_id as "endpointId", e.partner_id as "partnerId"
    from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
    where d.id = ${id}::uuid for no key update of d`)
  if (!delivery) throw new Refused([notFound('The delivery does not exist.', ['deliveryId'])])
  return delivery
}
