import type { Viewer } from '@cartograph/viewer'
import { recordPartnerEvent } from '../audit/record-partner-event.ts'
import { lockEndpoint } from './find-endpoints.ts'
import type { WebhookServices } from './webhook-services.ts'

/** Removes an endpoint with its secrets and its deliveries, and answers its id. What is being sent comes to its end. */
export async function deleteEndpoint(
  { db, now }: Pick<WebhookServices, 'db' | 'now'>,
  viewer: Viewer,
  endpointId: string,
): Promise<string> {
  return db.$transaction(async (tx) => {
    const { partnerId } = await lockEndpoint(tx, endpointId)
    await tx.webhookEndpoint.delete({ where: { id: endpointId }, select: { id: true } })
    await recordPartnerEvent(tx, viewer, { kind: 'WEBHOOK_ENDPOINT_DELETED', partnerId, at: now() })
    return endpointId
  })
}
