import { accountDeleted, cartContents, lockCart, orderPlaced, priceChanged, unlockCart } from '@cartograph/contracts'
import { actsOn, carriesOut, JobQueue, messageRoutes, Outbox, outboxQueues } from '@cartograph/messaging'
import { keepSweeping, answers, defineSubgraph, peer } from '@cartograph/service-runtime'
import { answerCartContents } from './cart/answer-cart-contents.ts'
import { closeBoughtCart } from './cart/close-bought-cart.ts'
import { followPrice } from './cart/follow-price.ts'
import { forgetUser } from './cart/forget-user.ts'
import { holdForCheckout } from './cart/hold-for-checkout.ts'
import { keepAbandoning } from './cart/keep-abandoning.ts'
import { removeForgottenCarts } from './cart/remove-forgotten-carts.ts'
import { letGoOfCart } from './cart/let-go-of-cart.ts'
import { cartsContext } from './context.ts'
import { type Database, PrismaClient } from './database.ts'
import { cartsEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'

/** Starts the carts subgraph. */
export const start = defineSubgraph({
  name: 'carts',
  folder: new URL('../', import.meta.url),
  environment: cartsEnvironment,
  resolvers,
  permissions,
  async open({ adapter, environment, logger }) {
    const db = new PrismaClient({ adapter })
    const products = peer({
      caller: 'carts',
      name: 'products',
      url: environment.PRODUCTS_URL,
      secret: environment.PRODUCTS_SIGNING_SECRET,
    })
    const inventory = peer({
      caller: 'carts',
      name: 'inventory',
      url: environment.INVENTORY_URL,
      secret: environment.INVENTORY_SIGNING_SECRET,
    })
    const recommendations = peer({
      caller: 'carts',
      name: 'recommendations',
      url: environment.RECOMMENDATIONS_URL,
      secret: environment.RECOMMENDATIONS_SIGNING_SECRET,
    })
    const queue = await JobQueue.open({
      connectionString: environment.DATABASE_URL,
      logger,
      queues: outboxQueues(['recommendations']),
    })
    const outbox = new Outbox(queue, [recommendations], logger)
    await outbox.start()
    const services = { db, outbox, products, inventory, logger }
    const sweeping = keepAbandoning(db, () => new Date(), logger)
    const forgetting = keepSweeping({
      everyMs: 10 * 60_000,
      sweep: () => removeForgottenCarts(db),
      logger,
      done: 'carts of erased accounts were removed',
      failed: 'carts of erased accounts could not be removed',
    })
    return {
      contextFor: (viewer) => cartsContext(services, viewer),
      questions: [answers(cartContents, (input) => answerCartContents(db, input))],
      signedRoutes: messageRoutes<Database>({
        db,
        logger,
        commands: [carriesOut(lockCart, holdForCheckout), carriesOut(unlockCart, letGoOfCart)],
        events: [
          actsOn(orderPlaced, (tx, { payload }) => closeBoughtCart(tx, payload)),
          actsOn(priceChanged, followPrice),
          actsOn(accountDeleted, (tx, { payload, occurredAt }) => forgetUser(tx, payload.userId, occurredAt)),
        ],
      }),
      async close() {
        await Promise.all([sweeping.stop(), forgetting.stop(), queue.stop()])
        await Promise.all([products.close(), inventory.close(), recommendations.close(), db.$disconnect()])
      },
    }
  },
})
