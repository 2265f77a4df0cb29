import type { JobQueue, Outbox } from '@cartograph/messaging'
import type { PrismaClient } from '../database.ts'

/** What every use case needs that changes an account and writes to its owner. */
export interface AccountServices {
  readonly db: PrismaClient
  readonly jobs: JobQueue
  readonly outbox: Outbox
  readonly now: () => Date
}
