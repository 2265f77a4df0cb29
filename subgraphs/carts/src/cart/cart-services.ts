import type { Outbox } from '@cartograph/messaging'
import type { Logger, Peer } from '@cartograph/service-runtime'
import type { PrismaClient } from '../database.ts'

/** What the use cases of carts need. */
export interface CartServices {
  readonly db: PrismaClient
  readonly outbox: Outbox
  readonly products: Peer
  readonly inventory: Peer
  readonly logger: Logger
}
