import { variantOffers } from '@cartograph/contracts'
import {
  answers,
  createLogger,
  type EnvironmentVariables,
  openDatabase,
  parseEnvironment,
  type RunningService,
  startSubgraph,
} from '@cartograph/service-runtime'
import { productsContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { productsEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'
import { answerVariantOffers } from './product/answer-variant-offers.ts'

/** Starts the products subgraph on a migrated database; throws EnvironmentError when `variables` are not usable. */
export async function start(variables: EnvironmentVariables): Promise<RunningService> {
  const environment = parseEnvironment(productsEnvironment, variables)
  const logger = createLogger('products', environment.LOG_LEVEL)
  const database = await openDatabase(environment, new URL('../prisma/migrations', import.meta.url), logger)
  const db = new PrismaClient({ adapter: database.adapter })
  return startSubgraph({
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    contextFor: (viewer) => productsContext(db, viewer),
    questions: [answers(variantOffers, ({ variantIds }) => answerVariantOffers(db, variantIds))],
    database,
    environment,
    logger,
    close: () => db.$disconnect(),
  })
}
