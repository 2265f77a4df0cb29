import {
  createLogger,
  type EnvironmentVariables,
  openDatabase,
  parseEnvironment,
  type RunningService,
  startSubgraph,
} from '@cartograph/service-runtime'
import { ordersContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { ordersEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'

/** Starts the orders subgraph on a migrated database; throws EnvironmentError when `variables` are not usable. */
export async function start(variables: EnvironmentVariables): Promise<RunningService> {
  const environment = parseEnvironment(ordersEnvironment, variables)
  const logger = createLogger('orders', environment.LOG_LEVEL)
  const database = await openDatabase(environment, new URL('../prisma/migrations', import.meta.url), logger)
  const db = new PrismaClient({ adapter: database.adapter })
  return startSubgraph({
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    contextFor: (viewer) => ordersContext(db, viewer),
    database,
    environment,
    logger,
    close: () => db.$disconnect(),
  })
}
