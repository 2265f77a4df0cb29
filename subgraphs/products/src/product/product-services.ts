import type { Outbox } from '@cartograph/messaging'
import type { PrismaClient } from '../database.ts'

/** What the use cases of products need. */
export interface ProductServices {
  readonly db: PrismaClient
  readonly outbox: Outbox
}
