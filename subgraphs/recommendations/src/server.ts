import {
  accountDeleted,
  linesAdded,
  orderCancelled,
  orderPlaced,
  productChanged,
  stockRunningLow,
} from '@cartograph/contracts'
import { actsOn, messageRoutes } from '@cartograph/messaging'
import { defineSubgraph } from '@cartograph/service-runtime'
import { followProduct } from './catalogue/follow-product.ts'
import { recommendationsContext } from './context.ts'
import { type Database, PrismaClient } from './database.ts'
import { recommendationsEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { learnAddedLines } from './interaction/learn-added-lines.ts'
import { keepFitting } from './model/keep-fitting.ts'
import { permissions } from './permissions.ts'
import { ServedModels } from './personal/served-models.ts'
import { forgetUser } from './purchase/forget-user.ts'
import { learnOrder } from './purchase/learn-order.ts'
import { unlearnOrder } from './purchase/unlearn-order.ts'
import { followStock } from './stock/follow-stock.ts'

/** Starts the recommendations subgraph. */
export const start = defineSubgraph({
  name: 'recommendations',
  folder: new URL('../', import.meta.url),
  environment: recommendationsEnvironment,
  resolvers,
  permissions,
  open({ adapter, environment, logger }) {
    const db = new PrismaClient({ adapter })
    const services = { db, models: new ServedModels(db), now: () => new Date() }
    const fitting = keepFitting({ db, databaseUrl: environment.DATABASE_URL, logger })
    return {
      contextFor: (viewer) => recommendationsContext(services, viewer),
      signedRoutes: messageRoutes<Database>({
        db,
        logger,
        events: [
          actsOn(productChanged, followProduct),
          actsOn(stockRunningLow, followStock),
          actsOn(orderPlaced, learnOrder),
          actsOn(orderCancelled, (tx, { payload }) => unlearnOrder(tx, payload.orderId)),
          actsOn(linesAdded, learnAddedLines),
          actsOn(accountDeleted, (tx, { payload, occurredAt }) => forgetUser(tx, payload.userId, occurredAt)),
        ],
      }),
      async close() {
        await fitting.stop()
        await db.$disconnect()
      },
    }
  },
})
