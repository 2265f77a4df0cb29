import type { Outbox } from '@cartograph/messaging'
import type { Logger, Peer } from '@cartograph/service-runtime'
import type { PrismaClient } from '../database.ts'

/** What the use cases of inventory need. */
export interface InventoryServices {
  readonly db: PrismaClient
  readonly outbox: Outbox
  readonly orders: Peer
  readonly logger: Logger
  readonly now: () => Date
}
