import { variantAvailability } from '@cartograph/contracts'
import {
  answers,
  createLogger,
  type EnvironmentVariables,
  openDatabase,
  parseEnvironment,
  type RunningService,
  startSubgraph,
} from '@cartograph/service-runtime'
import { inventoryContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { inventoryEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'
import { answerVariantAvailability } from './stock/answer-variant-availability.ts'

/** Starts the inventory subgraph on a migrated database; throws EnvironmentError when `variables` are not usable. */
export async function start(variables: EnvironmentVariables): Promise<RunningService> {
  const environment = parseEnvironment(inventoryEnvironment, variables)
  const logger = createLogger('inventory', environment.LOG_LEVEL)
  const database = await openDatabase(environment, new URL('../prisma/migrations', import.meta.url), logger)
  const db = new PrismaClient({ adapter: database.adapter })
  return startSubgraph({
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    contextFor: (viewer) => inventoryContext(db, viewer),
    questions: [answers(variantAvailability, ({ variantIds }) => answerVariantAvailability(db, variantIds))],
    database,
    environment,
    logger,
    close: () => db.$disconnect(),
  })
}
