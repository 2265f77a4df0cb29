import { triedForMs } from './retry-schedule.ts'
import type { DueTry } from './find-due-try.ts'
import type { WebhookServices } from './webhook-services.ts'

/**
 * Has a delivery to a disabled endpoint wait until that is enabled, which plans its try anew; after a day it is dead.
 * Fails when the endpoint was enabled at this moment: the try is to be made then.
 */
export async function holdDelivery(
  { db, webhookJobs, now }: Pick<WebhookServices, 'db' | 'webhookJobs' | 'now'>,
  { deliveryId, attempt, endpointId, triedSince }: DueTry,
): Promise<'done' | 'failed'> {
  const leftMs = triedSince.getTime() + triedForMs - now().getTime()
  return db.$transaction(async (tx) => {
    // Who enables it waits for this lock, and then finds what was held.
    const held = await tx.$executeRaw`
      with endpoint as (
        select id from webhook_endpoint where id = ${endpointId}::uuid and not is_enabled for share
      )
      update webhook_delivery d
      set next_attempt_at = null, status = (${leftMs > 0 ? 'PENDING' : 'DEAD'})::"WebhookDeliveryStatus"
      from endpoint where d.id = ${deliveryId}::uuid and d.endpoint_id = endpoint.id
        and d.status = 'PENDING' and d.attempt_count = ${attempt}`
    if (held === 0) return 'failed'
    if (leftMs > 0)
      await webhookJobs.plan(tx, [{ deliveryId, attempt, endpointId, startAfterSeconds: seconds(leftMs) }])
    return 'done'
  })
}

const seconds = (ms: number) => Math.ceil(ms / 1_000)
