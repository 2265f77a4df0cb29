import { variantAvailability } from '@cartograph/contracts'
import { JobQueue, messageRoutes, Outbox, outboxQueues } from '@cartograph/messaging'
import { answers, defineSubgraph, peer } from '@cartograph/service-runtime'
import { inventoryContext } from './context.ts'
import { type Database, PrismaClient } from './database.ts'
import { inventoryEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'
import { commandHandlers, eventHandlers } from './reservation/message-handlers.ts'
import { sweepReservations } from './reservation/sweep-reservations.ts'
import { answerVariantAvailability } from './stock/answer-variant-availability.ts'

/** Starts the inventory subgraph. */
export const start = defineSubgraph({
  name: 'inventory',
  folder: new URL('../', import.meta.url),
  environment: inventoryEnvironment,
  resolvers,
  permissions,
  async open({ adapter, environment, logger }) {
    // In a rush transactions wait for a connection as long as the pool lets them, and not only Prisma's 2 s.
    const db = new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000 } })
    const orders = peer({
      caller: 'inventory',
      name: 'orders',
      url: environment.ORDERS_URL,
      secret: environment.ORDERS_SIGNING_SECRET,
    })
    const partners = peer({
      caller: 'inventory',
      name: 'partners',
      url: environment.PARTNERS_URL,
      secret: environment.PARTNERS_SIGNING_SECRET,
    })
    const recommendations = peer({
      caller: 'inventory',
      name: 'recommendations',
      url: environment.RECOMMENDATIONS_URL,
      secret: environment.RECOMMENDATIONS_SIGNING_SECRET,
    })
    const queue = await JobQueue.open({
      connectionString: environment.DATABASE_URL,
      logger,
      queues: outboxQueues(['partners', 'recommendations']),
    })
    const outbox = new Outbox(queue, [partners, recommendations], logger)
    await outbox.start()
    const services = { db, outbox, orders, logger, now: () => new Date() }
    const sweep = sweepReservations(services)
    return {
      contextFor: (viewer) => inventoryContext(services, viewer),
      questions: [answers(variantAvailability, ({ variantIds }) => answerVariantAvailability(db, variantIds))],
      signedRoutes: messageRoutes<Database>({
        db: outbox.wakingAfter(db),
        logger,
        commands: commandHandlers(services),
        events: eventHandlers(services),
      }),
      async close() {
        await Promise.all([sweep.stop(), queue.stop()])
        await Promise.all([orders.close(), partners.close(), recommendations.close(), db.$disconnect()])
      },
    }
  },
})
