import { defineSubgraph } from '@cartograph/service-runtime'
import { ordersContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { ordersEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'

/** Starts the orders subgraph. */
export const start = defineSubgraph({
  name: 'orders',
  folder: new URL('../', import.meta.url),
  environment: ordersEnvironment,
  resolvers,
  permissions,
  open({ adapter }) {
    const db = new PrismaClient({ adapter })
    return {
      contextFor: (viewer) => ordersContext(db, viewer),
      close: () => db.$disconnect(),
    }
  },
})
