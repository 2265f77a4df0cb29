import { variantOffers } from '@cartograph/contracts'
import { JobQueue, Outbox, outboxQueues } from '@cartograph/messaging'
import { answers, defineSubgraph, peer } from '@cartograph/service-runtime'
import { productsContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { productsEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'
import { answerVariantOffers } from './product/answer-variant-offers.ts'

/** Starts the products subgraph. */
export const start = defineSubgraph({
  name: 'products',
  folder: new URL('../', import.meta.url),
  environment: productsEnvironment,
  resolvers,
  permissions,
  async open({ adapter, environment, logger }) {
    const db = new PrismaClient({ adapter })
    const carts = peer({
      caller: 'products',
      name: 'carts',
      url: environment.CARTS_URL,
      secret: environment.CARTS_SIGNING_SECRET,
    })
    const partners = peer({
      caller: 'products',
      name: 'partners',
      url: environment.PARTNERS_URL,
      secret: environment.PARTNERS_SIGNING_SECRET,
    })
    const recommendations = peer({
      caller: 'products',
      name: 'recommendations',
      url: environment.RECOMMENDATIONS_URL,
      secret: environment.RECOMMENDATIONS_SIGNING_SECRET,
    })
    const queue = await JobQueue.open({
      connectionString: environment.DATABASE_URL,
      logger,
      queues: outboxQueues(['carts', 'partners', 'recommendations']),
    })
    const outbox = new Outbox(queue, [carts, partners, recommendations], logger)
    await outbox.start()
    const services = { db, outbox }
    return {
      contextFor: (viewer) => productsContext(services, viewer),
      questions: [answers(variantOffers, ({ variantIds }) => answerVariantOffers(db, variantIds))],
      async close() {
        await queue.stop()
        await Promise.all([carts.close(), partners.close(), recommendations.close(), db.$disconnect()])
      },
    }
  },
})
