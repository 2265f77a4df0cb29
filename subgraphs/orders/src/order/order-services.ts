import type { JobQueue, Outbox } from '@cartograph/messaging'
import type { Logger, Peer } from '@cartograph/service-runtime'
import type { PrismaClient } from '../database.ts'
import type { SoldOutRush } from '../checkout/sold-out-rush.ts'
import type { PaymentProvider } from '../payment/payment-provider.ts'

/** What buying needs, and what is done with an order afterwards. */
export interface OrderServices {
  readonly db: PrismaClient
  readonly carts: Peer
  readonly inventory: Peer
  readonly products: Peer
  readonly payments: PaymentProvider
  readonly jobs: JobQueue
  readonly outbox: Outbox
  readonly rush: SoldOutRush
  readonly logger: Logger
  readonly now: () => Date
}
