import { everyGateway, JobQueue, messageRoutes, Outbox, outboxQueues } from '@cartograph/messaging'
import { defineSubgraph } from '@cartograph/service-runtime'
import { answersToGateways } from './access/answers-to-gateways.ts'
import { partnersContext } from './context.ts'
import { type Database, PrismaClient } from './database.ts'
import { partnersEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { partnerApiOfFile } from './supergraph/partner-api-of-file.ts'
import { permissions } from './permissions.ts'
import { commandHandlers } from './usage/command-handlers.ts'
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
      queues: [webhookQueuePolicy, ...outboxQueues(['gateway'])],
    })
    const gateways = everyGateway('partners', environment)
    const outbox = new Outbox(jobs, gateways ? [gateways] : [], logger)
    await outbox.start()
    const webhooks = openWebhooks({ db, jobs, environment, logger, now })
    const partnerApi = partnerApiOfFile(environment.SUPERGRAPH_FILE, environment.MOST_OPERATION_COST)
    const services = { ...webhooks, outbox, partnerApi, tellsGateways: gateways !== null }
    const endWebhooks = startWebhooks(services)
    return {
      contextFor: (viewer) => partnersContext(services, viewer),
      questions: answersToGateways(services),
      signedRoutes: messageRoutes<Database>({
        db: services.webhookJobs.wakingAfter<Database>(db),
        logger,
        commands: commandHandlers,
        events: eventHandlers(services),
      }),
      async close() {
        await Promise.all([endWebhooks(), jobs.stop()])
        await Promise.all([services.webhookSender.close(), gateways?.close(), db.$disconnect()])
      },
    }
  },
})
