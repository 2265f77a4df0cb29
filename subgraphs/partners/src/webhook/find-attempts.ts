import type { Database } from '../database.ts'
import type { WebhookAttempt } from './webhook-delivery.ts'

/** The tries of deliveries, the latest first. */
export async function findAttemptsOfDeliveries(
  db: Database,
  deliveryIds: readonly string[],
): Promise<WebhookAttempt[]> {
  return db.$queryRaw<WebhookAttempt[]>`
    select a.delivery_id as "deliveryId", a.at, a.http_status as "httpStatus", a.duration_ms as "durationMs", a.failure
    from webhook_attempt a where a.delivery_id = any(${deliveryIds}::uuid[]) order by a.at desc, a.id desc`
}
