import type { Viewer } from '@cartograph/viewer'
import { recordPartnerEvent } from '../audit/record-partner-event.ts'
import type { Database } from '../database.ts'
import { checkEndpoint, type EndpointSettings } from './check-endpoint.ts'
import { lockEndpoint } from './find-endpoints.ts'
import type { WebhookEndpoint } from './webhook-endpoint.ts'
import type { WebhookServices } from './webhook-services.ts'

export interface EndpointChanges extends EndpointSettings {
  readonly isEnabled?: boolean | undefined
}

/** Changes what is given; what changes nothing writes nothing. Deliveries that have waited for an endpoint are tried now. */
export async function updateEndpoint(
  services: Pick<WebhookServices, 'db' | 'webhookJobs' | 'allowsPrivateNetworks' | 'now'>,
  viewer: Viewer,
  endpointId: string,
  changes: EndpointChanges,
): Promise<WebhookEndpoint> {
  const { db, webhookJobs, now } = services
  const given = checkEndpoint(services, changes, ['input'])
  return webhookJobs.wakingAfter<Database>(db).$transaction(async (tx) => {
    const before = await lockEndpoint(tx, endpointId)
    const { url = before.url, eventTypes = before.eventTypes, isEnabled = before.isEnabled } = given
    const after: WebhookEndpoint = { ...before, url, eventTypes, isEnabled }
    if (JSON.stringify(after) === JSON.stringify(before)) return before
    const at = now()
    const data = { url, eventTypes: [...eventTypes], isEnabled }
    await tx.webhookEndpoint.update({ where: { id: endpointId }, data, select: { id: true } })
    if (isEnabled && !before.isEnabled) await planHeldDeliveries(services, tx, endpointId, at)
    await recordPartnerEvent(tx, viewer, { kind: 'WEBHOOK_ENDPOINT_UPDATED', partnerId: before.partnerId, at })
    return after
  })
}

async function planHeldDeliveries(
  { webhookJobs }: Pick<WebhookServices, 'webhookJobs'>,
  tx: Database,
  endpointId: string,
  at: Date,
): Promise<void> {
  const held = await tx.$queryRaw<{ deliveryId: string; attempt: number }[]>`
    update webhook_delivery set next_attempt_at = ${at}::timestamptz
    where endpoint_id = ${endpointId}::uuid and status = 'PENDING' and next_attempt_at is null
    returning id as "deliveryId", attempt_count as attempt`
  await webhookJobs.plan(
    tx,
    held.map((delivery) => ({ ...delivery, endpointId })),
  )
}
