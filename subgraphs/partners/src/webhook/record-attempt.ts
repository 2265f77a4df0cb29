import { serviceClaims, viewerOf } from '@cartograph/viewer'
import { recordPartnerEvent } from '../audit/record-partner-event.ts'
import type { Database } from '../database.ts'
import type { DueTry } from './find-due-try.ts'
import { nextTry } from './retry-schedule.ts'
import type { SentWebhook } from './webhook-sender.ts'
import type { WebhookServices } from './webhook-services.ts'

/** The receiver says that nobody will ever be there again. */
const gone = 410

/**
 * Notes a try, what has become of the delivery and how its endpoint fares, and plans the next try, in one transaction. A
 * try that two processes have made is in the log twice, and counts once; that it was taken counts in any case. 410
 * disables the endpoint.
 */
export async function recordAttempt(
  services: Pick<WebhookServices, 'db' | 'webhookJobs' | 'now'>,
  due: DueTry,
  sent: SentWebhook,
): Promise<void> {
  const { db, webhookJobs, now } = services
  const { deliveryId, attempt, endpointId, partnerId, triedSince, isPermitted } = due
  const { at, httpStatus, durationMs, failure, retryAfterMs } = sent
  const isTaken = failure === null
  const isGone = httpStatus === gone
  const isOver = isTaken || isGone || !isPermitted
  const ended = now()
  const next = isOver ? null : nextTry({ since: triedSince, tries: due.tries + 1, retryAfterMs }, ended, Math.random())
  const status = isTaken ? 'DELIVERED' : next ? 'PENDING' : 'DEAD'
  await webhookJobs.wakingAfter<Database>(db).$transaction(async (tx) => {
    // The endpoint before its delivery, as whoever enables or removes it locks them.
    const [endpoint] = await tx.$queryRaw<{ wasEnabled: boolean }[]>`
      update webhook_endpoint set is_enabled = is_enabled and not ${isGone},
        last_delivery_at = case when ${isTaken} then ${ended}::timestamptz else last_delivery_at end,
        failing_since = case
          when ${isTaken} then null
          when ${isPermitted} then coalesce(failing_since, ${at}::timestamptz)
          else failing_since
        end
      where id = ${endpointId}::uuid returning old.is_enabled as "wasEnabled"`
    if (!endpoint) return
    const [noted] = await tx.$queryRaw<{ isNext: boolean }[]>`
      with moved as (
        update webhook_delivery set status = ${status}::"WebhookDeliveryStatus", next_attempt_at = ${next}::timestamptz,
          tries = tries + 1, attempt_count = attempt_count + 1
        where id = ${deliveryId}::uuid and status = 'PENDING' and (attempt_count = ${attempt} or ${isTaken})
        returning id
      ), logged as (
        insert into webhook_attempt (delivery_id, at, http_status, duration_ms, failure)
        select id, ${at}::timestamptz, ${httpStatus}::int, ${durationMs}::int, ${failure}::text
        from webhook_delivery where id = ${deliveryId}::uuid
      )
      select exists (select from moved) as "isNext"`
    if (isGone && endpoint.wasEnabled) {
      const ourselves = viewerOf(serviceClaims('partners', deliveryId))
      await recordPartnerEvent(tx, ourselves, { kind: 'WEBHOOK_ENDPOINT_UPDATED', partnerId, at: ended })
    }
    if (noted?.isNext && next) {
      const startAfterSeconds = Math.ceil((next.getTime() - ended.getTime()) / 1_000)
      await webhookJobs.plan(tx, [{ deliveryId, attempt: attempt + 1, endpointId, startAfterSeconds }])
    }
  })
}
