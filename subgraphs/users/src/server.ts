import {
  createLogger,
  type EnvironmentVariables,
  openDatabase,
  parseEnvironment,
  type RunningService,
  startSubgraph,
} from '@cartograph/service-runtime'
import { usersContext } from './context.ts'
import { PrismaClient } from './database.ts'
import { usersEnvironment } from './env.ts'
import { resolvers } from './graphql/resolvers.ts'
import { permissions } from './permissions.ts'
import { accessTokenSigner } from './session/access-token.ts'

/** Starts the users subgraph on a migrated database; throws EnvironmentError when `variables` are not usable. */
export async function start(variables: EnvironmentVariables): Promise<RunningService> {
  const environment = parseEnvironment(usersEnvironment, variables)
  const logger = createLogger('users', environment.LOG_LEVEL)
  const signer = await accessTokenSigner(environment.ACCESS_TOKEN_KEYS)
  const database = await openDatabase(environment, new URL('../prisma/migrations', import.meta.url), logger)
  const db = new PrismaClient({ adapter: database.adapter })
  return startSubgraph({
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    contextFor: (viewer) => usersContext({ db, signer, now: () => new Date() }, viewer),
    publicRoutes: (server) => server.get('/.well-known/jwks.json', async () => signer.jwks),
    database,
    environment,
    logger,
    close: () => db.$disconnect(),
  })
}
