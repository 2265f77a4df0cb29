import type { Outbox } from '@cartograph/messaging'
import type { PrismaClient } from '../database.ts'

/** What the use cases of partners work with, for the life of the process. */
export interface PartnersServices {
  readonly db: PrismaClient
  readonly outbox: Outbox
  /** Whether the outbox knows gateways: without one, nobody is told of changes. */
  readonly tellsGateways: boolean
  readonly now: () => Date
}
