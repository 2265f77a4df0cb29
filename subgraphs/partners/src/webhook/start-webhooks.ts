import { keepSweeping } from '@cartograph/service-runtime'
import { deliverWebhook } from './deliver-webhook.ts'
import { removeOldDeliveries } from './remove-old-deliveries.ts'
import { resealSecrets } from './reseal-secrets.ts'
import type { WebhookServices } from './webhook-services.ts'

const everyMs = 3_600_000

/** Has this process send what is due, and remove what is old now and every hour. Answers its end; queue and sender go on. */
export function startWebhooks(services: WebhookServices): () => Promise<void> {
  const { db, webhookJobs, logger, now } = services
  webhookJobs.start((job) => deliverWebhook(services, job))
  const removing = keepSweeping({
    everyMs,
    atOnce: true,
    sweep: () => removeOldDeliveries(db, now()),
    logger,
    done: 'old deliveries of webhooks were removed',
    failed: 'old deliveries of webhooks could not be removed',
  })
  const resealing = keepSweeping({
    everyMs,
    atOnce: true,
    sweep: () => resealSecrets(services),
    logger,
    done: 'secrets of webhooks were sealed with the newest key',
    failed: 'secrets of webhooks could not be sealed with the newest key',
  })
  return async () => {
    await Promise.all([removing.stop(), resealing.stop()])
  }
}
