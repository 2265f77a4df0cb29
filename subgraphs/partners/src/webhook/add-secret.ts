import type { Database } from '../database.ts'
import { newSigningSecret, shownSecret } from './signing-secret.ts'
import { secretOverlapMs } from './webhook-endpoint.ts'
import type { WebhookServices } from './webhook-services.ts'

/**
 * A new secret of an endpoint that the caller has locked, as its partner is shown it. The one before signs for a day
 * more, and what was to end already ends now: two are live at most.
 */
export async function addSecret(
  { secretBox }: Pick<WebhookServices, 'secretBox'>,
  tx: Database,
  endpointId: string,
  at: Date,
): Promise<string> {
  const secret = newSigningSecret()
  await tx.$executeRaw`delete from webhook_secret where endpoint_id = ${endpointId}::uuid and expires_at is not null`
  await tx.$executeRaw`
    update webhook_secret set expires_at = ${new Date(at.getTime() + secretOverlapMs)}::timestamptz
    where endpoint_id = ${endpointId}::uuid`
  await tx.webhookSecret.create({
    data: { endpointId, secret: secretBox.seal(secret, endpointId), createdAt: at },
    select: { id: true },
  })
  return shownSecret(secret)
}
