import { crashPoint } from '@cartograph/service-runtime'
import { type DueTry, findDueTry } from './find-due-try.ts'
import { holdDelivery } from './hold-delivery.ts'
import { recordAttempt } from './record-attempt.ts'
import type { WebhookJob } from './webhook-jobs.ts'
import type { SentWebhook } from './webhook-sender.ts'
import type { WebhookServices } from './webhook-services.ts'

/**
 * Makes the try of a job, and notes what came of it together with the job of the next one. A process that dies in
 * between has sent it, and another sends it again, with the same id: at least once. Of jobs for the same try one makes it.
 */
export async function deliverWebhook(services: WebhookServices, job: WebhookJob): Promise<'done' | 'failed'> {
  const { db, now, logger } = services
  try {
    const due = await findDueTry(db, job, now())
    if (!due) return 'done'
    if (due.isPermitted && !due.isEnabled) return await holdDelivery(services, due)
    crashPoint('webhook before sending')
    const sent = due.isPermitted ? await send(services, due) : notPermitted(now())
    crashPoint('webhook after sending')
    await recordAttempt(services, due, sent)
    return 'done'
  } catch (error) {
    logger.error({ err: error, ...job }, 'a webhook could not be delivered, or that it was could not be noted')
    return 'failed'
  }
}

function send({ webhookSender, secretBox }: WebhookServices, due: DueTry): Promise<SentWebhook> {
  const { url, messageId, payload, endpointId } = due
  const secrets = due.secrets.map((sealed) => secretBox.open(sealed, endpointId))
  return webhookSender.send({ url, messageId, body: payload, secrets })
}

/** The scope was taken from the partner after the event had happened. */
const notPermitted = (at: Date): SentWebhook => ({
  at,
  httpStatus: null,
  durationMs: 0,
  failure: 'the partner may not know of it any more',
  retryAfterMs: null,
})
