import { JobQueue, messageRoutes } from '@cartograph/messaging'
import { defineSubgraph } from '@cartograph/service-runtime'
import { partnersContext } from './context.ts'
import { type Database, PrismaClient } from './database.ts'
import { partnersEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'
import { eventHandlers } from './webhook/event-handlers.ts'
import { openWebhooks } from './webhook/open-webhooks.ts'
import { startWebhooks } from './webhook/start-webhooks.ts'
import { webhookQueuePolicy } from './webhook/webhook-jobs.ts'

const now = () => new Date()

/** Starts the partners subgraph. */
export const start = defineSubgraph({
  name: 'partners',
  folder: new URL('../', import.meta.url),
  environment: partnersEnvironment,
  resolvers,
  permissions,
  async open({ adapter, environment, logger }) {
    // In a rush of deliveries transactions wait for a connection as long as the pool lets them, and not only Prisma's 2 s.
    const db = new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000 } })
    const jobs = await JobQueue.open({
      connectionString: environment.DATABASE_URL,
      logger,
      queues: [webhookQueuePolicy],
    })
    const services = openWebhooks({ db, jobs, environment, logger, now })
    const endWebhooks = startWebhooks(services)
    return {
      contextFor: (viewer) => partnersContext(services, viewer),
      signedRoutes: messageRoutes<Database>({
        db: services.webhookJobs.wakingAfter<Database>(db),
        logger,
        events: eventHandlers(services),
      }),
      async close() {
        await Promise.all([endWebhooks(), jobs.stop()])
        await Promise.all([services.webhookSender.close(), db.$disconnect()])
      },
    }
  },
})
