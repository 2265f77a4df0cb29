import {
  createLogger,
  type EnvironmentVariables,
  openDatabase,
  parseEnvironment,
  peer,
  type RunningService,
  startSubgraph,
} from '@cartograph/service-runtime'
import { cartsContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { cartsEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'

/** Starts the carts subgraph on a migrated database; throws EnvironmentError when `variables` are not usable. */
export async function start(variables: EnvironmentVariables): Promise<RunningService> {
  const environment = parseEnvironment(cartsEnvironment, variables)
  const logger = createLogger('carts', environment.LOG_LEVEL)
  const database = await openDatabase(environment, new URL('../prisma/migrations', import.meta.url), logger)
  const db = new PrismaClient({ adapter: database.adapter })
  const products = peer({ caller: 'carts', url: environment.PRODUCTS_URL, secret: environment.PRODUCTS_SIGNING_SECRET })
  const inventory = peer({
    caller: 'carts',
    url: environment.INVENTORY_URL,
    secret: environment.INVENTORY_SIGNING_SECRET,
  })
  const services = { db, products, inventory, logger }
  return startSubgraph({
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    contextFor: (viewer) => cartsContext(services, viewer),
    database,
    environment,
    logger,
    close: async () => {
      await Promise.all([products.close(), inventory.close(), db.$disconnect()])
    },
  })
}
