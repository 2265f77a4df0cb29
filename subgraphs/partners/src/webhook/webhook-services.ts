import type { Logger } from '@cartograph/service-runtime'
import type { PrismaClient } from '../database.ts'
import type { SecretBox } from './secret-box.ts'
import type { WebhookJobs } from './webhook-jobs.ts'
import type { WebhookSender } from './webhook-sender.ts'

/** What the use cases of webhooks need. */
export interface WebhookServices {
  readonly db: PrismaClient
  readonly webhookJobs: WebhookJobs
  readonly webhookSender: WebhookSender
  readonly secretBox: SecretBox
  /** Whether endpoints may be in a private network, and speak plain HTTP: for development. */
  readonly allowsPrivateNetworks: boolean
  readonly logger: Logger
  readonly now: () => Date
}
