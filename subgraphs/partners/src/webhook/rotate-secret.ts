import type { Viewer } from '@cartograph/viewer'
import { recordPartnerEvent } from '../audit/record-partner-event.ts'
import { addSecret } from './add-secret.ts'
import { lockEndpoint } from './find-endpoints.ts'
import type { WebhookEndpoint } from './webhook-endpoint.ts'
import type { WebhookServices } from './webhook-services.ts'

/** Gives an endpoint a new secret, which is never shown again, and leaves the one before for a day, as addSecret does. */
export async function rotateSecret(
  services: Pick<WebhookServices, 'db' | 'secretBox' | 'now'>,
  viewer: Viewer,
  endpointId: string,
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  return services.db.$transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, endpointId)
    const at = services.now()
    const secret = await addSecret(services, tx, endpointId, at)
    await recordPartnerEvent(tx, viewer, { kind: 'WEBHOOK_SECRET_ROTATED', partnerId: endpoint.partnerId, at })
    return { endpoint, secret }
  })
}
