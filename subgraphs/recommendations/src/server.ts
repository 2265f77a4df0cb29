import {
  createLogger,
  type EnvironmentVariables,
  openDatabase,
  parseEnvironment,
  type RunningService,
  startSubgraph,
} from '@cartograph/service-runtime'
import { recommendationsContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { recommendationsEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'

/** Starts the subgraph on a migrated database; throws EnvironmentError when `variables` are not usable. */
export async function start(variables: EnvironmentVariables): Promise<RunningService> {
  const environment = parseEnvironment(recommendationsEnvironment, variables)
  const logger = createLogger('recommendations', environment.LOG_LEVEL)
  const database = await openDatabase(environment, new URL('../prisma/migrations', import.meta.url), logger)
  const db = new PrismaClient({ adapter: database.adapter })
  return startSubgraph({
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    contextFor: (viewer) => recommendationsContext(db, viewer),
    database,
    environment,
    logger,
    close: () => db.$disconnect(),
  })
}
