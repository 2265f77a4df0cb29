import type { JobQueue } from '@cartograph/messaging'
import type { Logger } from '@cartograph/service-runtime'
import type { PrismaClient } from '../database.ts'
import { resolveLocalName, resolvePublicName } from './resolve-name.ts'
import { SecretBox } from './secret-box.ts'
import { WebhookJobs } from './webhook-jobs.ts'
import { WebhookSender } from './webhook-sender.ts'
import type { WebhookServices } from './webhook-services.ts'

/** What webhooks need beside the database, as the environment says. Nothing is sent before `startWebhooks`. */
export function openWebhooks(options: {
  readonly db: PrismaClient
  readonly jobs: JobQueue
  readonly environment: { readonly WEBHOOK_ENCRYPTION_KEYS: Buffer[]; readonly WEBHOOK_PRIVATE_NETWORKS: boolean }
  readonly logger: Logger
  readonly now: () => Date
}): WebhookServices {
  const { db, jobs, environment, logger, now } = options
  const allowsPrivateNetworks = environment.WEBHOOK_PRIVATE_NETWORKS
  const resolve = allowsPrivateNetworks ? resolveLocalName : resolvePublicName()
  return {
    db,
    webhookJobs: new WebhookJobs(jobs),
    webhookSender: new WebhookSender({ allowsPrivateNetworks, resolve }, now),
    secretBox: new SecretBox(environment.WEBHOOK_ENCRYPTION_KEYS),
    allowsPrivateNetworks,
    logger,
    now,
  }
}
