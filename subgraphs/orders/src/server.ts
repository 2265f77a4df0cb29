import { accountDeleted, runningCheckouts } from '@cartograph/contracts'
import { openMailer } from '@cartograph/mail'
import { actsOn, JobQueue, messageRoutes, Outbox, outboxQueues } from '@cartograph/messaging'
import { answers, defineSubgraph, peer } from '@cartograph/service-runtime'
import { answerRunningCheckouts } from './checkout/answer-running-checkouts.ts'
import { CheckoutRunner } from './checkout/checkout-runner.ts'
import { SoldOutRush } from './checkout/sold-out-rush.ts'
import { ordersContext } from './context.ts'
import { type Database, PrismaClient } from './database.ts'
import { type OrdersEnvironment, ordersEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { orderQueues } from './messaging/job-queues.ts'
import { startWorkers } from './messaging/start-workers.ts'
import { forgetCustomer } from './order/forget-customer.ts'
import { openPaymentProvider } from './payment/open-payment-provider.ts'
import { stripeWebhook } from './payment/stripe-webhook-route.ts'
import { permissions } from './permissions.ts'

const now = () => new Date()

function peersOf(environment: OrdersEnvironment) {
  const to = (name: 'carts' | 'inventory' | 'partners' | 'products' | 'recommendations') => {
    const variable = name.toUpperCase() as Uppercase<typeof name>
    const [url, secret] = [environment[`${variable}_URL`], environment[`${variable}_SIGNING_SECRET`]]
    return peer({ caller: 'orders', name, url, secret })
  }
  return {
    carts: to('carts'),
    inventory: to('inventory'),
    partners: to('partners'),
    products: to('products'),
    recommendations: to('recommendations'),
  }
}

/** Starts the orders subgraph. */
export const start = defineSubgraph({
  name: 'orders',
  folder: new URL('../', import.meta.url),
  environment: ordersEnvironment,
  resolvers,
  permissions,
  async open({ adapter, pool, environment, logger }) {
    const db = new PrismaClient({ adapter })
    const peers = peersOf(environment)
    const told = [peers.carts, peers.inventory, peers.partners, peers.recommendations]
    const jobs = await JobQueue.open({
      connectionString: environment.DATABASE_URL,
      logger,
      queues: [...orderQueues, ...outboxQueues(['carts', 'inventory', 'partners', 'recommendations'])],
    })
    const outbox = new Outbox(jobs, told, logger)
    const payments = await openPaymentProvider(environment, pool)
    const mailer = openMailer(environment, now)
    const base = { db, ...peers, payments, jobs, outbox, rush: new SoldOutRush(peers.inventory, now), logger, now }
    const services = { ...base, runner: new CheckoutRunner(base) }
    const endWorkers = await startWorkers(services, mailer, environment)
    return {
      contextFor: (viewer) => ordersContext(services, viewer),
      questions: [answers(runningCheckouts, ({ checkoutIds }) => answerRunningCheckouts(db, checkoutIds))],
      signedRoutes: messageRoutes<Database>({
        db,
        logger,
        events: [
          actsOn(accountDeleted, (tx, { payload, occurredAt }) => forgetCustomer(tx, payload.userId, occurredAt)),
        ],
      }),
      publicRoutes: stripeWebhook(services, environment.STRIPE_WEBHOOK_SECRETS),
      async close() {
        await endWorkers()
        await jobs.stop()
        await services.runner.stop()
        await Promise.all([...Object.values(peers).map((to) => to.close()), mailer.close(), db.$disconnect()])
      },
    }
  },
})
