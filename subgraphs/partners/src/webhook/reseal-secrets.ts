import type { WebhookServices } from './webhook-services.ts'

/**
 * Seals with the newest key what an older one has sealed, so that the older one can be taken out. Several processes may do
 * it at once. Throws UnreadableSecretError when the key of a secret is missing, and leaves those before it sealed anew.
 */
export async function resealSecrets({ db, secretBox }: Pick<WebhookServices, 'db' | 'secretBox'>): Promise<number> {
  const newest = Buffer.from(secretBox.newestKeyId).toString('hex')
  const older = await db.$queryRaw<{ id: string; endpointId: string; sealed: string }[]>`
    select id, endpoint_id as "endpointId", encode(secret, 'base64') as sealed from webhook_secret
    where substring(secret from 1 for 8) <> decode(${newest}, 'hex')`
  for (const { id, endpointId, sealed } of older) {
    const secret = secretBox.open(Buffer.from(sealed, 'base64'), endpointId)
    await db.webhookSecret.updateMany({ where: { id }, data: { secret: secretBox.seal(secret, endpointId) } })
  }
  return older.length
}
