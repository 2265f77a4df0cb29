import { defineSubgraph, peer } from '@cartograph/service-runtime'
import { cartsContext } from './context.ts'
import { PrismaClient } from './database.ts'
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
  open({ adapter, environment, logger }) {
    const db = new PrismaClient({ adapter })
    const products = peer({
      caller: 'carts',
      url: environment.PRODUCTS_URL,
      secret: environment.PRODUCTS_SIGNING_SECRET,
    })
    const inventory = peer({
      caller: 'carts',
      url: environment.INVENTORY_URL,
      secret: environment.INVENTORY_SIGNING_SECRET,
    })
    const services = { db, products, inventory, logger }
    return {
      contextFor: (viewer) => cartsContext(services, viewer),
      close: () => Promise.all([products.close(), inventory.close(), db.$disconnect()]),
    }
  },
})
