import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import { type Permissions, permissionMiddleware, type Viewer } from '@cartograph/viewer'
import type { FastifyInstance } from 'fastify'
import { parse } from 'graphql'
import { applyMiddleware } from 'graphql-middleware'
import type { ServiceDatabase } from './database/open-database.ts'
import type { SubgraphEnvironment } from './environment.ts'
import { errorLog, maskError } from './graphql/mask-error.ts'
import { addHealthRoutes, createHttpServer, listen, type RunningService } from './http/http-server.ts'
import { requireSignature, viewerOfRequest } from './http/signed-requests.ts'
import type { Logger } from './logger.ts'
import { type AnsweredQuestion, answerQuestions } from './questions/answer-questions.ts'

type SubgraphModule = Parameters<typeof buildSubgraphSchema>[0]
type Resolvers = Extract<SubgraphModule, { typeDefs: unknown }>['resolvers']

export interface SubgraphOptions<Context extends { viewer: Viewer }> {
  readonly schemaFile: URL
  readonly resolvers: object
  readonly permissions: Permissions
  /** Made anew for each request, so that loaders never outlive one. */
  readonly contextFor: (viewer: Viewer) => Context
  readonly questions?: readonly AnsweredQuestion[]
  /** Routes that need no signature, because all they tell is public. */
  readonly publicRoutes?: (server: FastifyInstance) => void
  readonly database: ServiceDatabase
  readonly environment: SubgraphEnvironment
  readonly logger: Logger
  /** Closes what the subgraph opened on the database, after the last request and before the database. */
  readonly close: () => Promise<void>
}

/**
 * Serves a subgraph: POST /graphql and /questions/*, every one under signature, permissions enforced by shield, errors
 * masked, and unsigned health probes. Resolves when it listens.
 */
export async function startSubgraph<Context extends { viewer: Viewer }>(options: SubgraphOptions<Context>): Promise<RunningService> {
  const { environment, logger } = options
  const typeDefs = parse(readFileSync(options.schemaFile, 'utf8'))
  const bare = buildSubgraphSchema([{ typeDefs, resolvers: options.resolvers as NonNullable<Resolvers> }])
  const schema = applyMiddleware(bare, permissionMiddleware(typeDefs, options.permissions) as never)
  const apollo = new ApolloServer<Context>({
    schema,
    formatError: maskError,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: false,
    introspection: true,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    cache: 'bounded',
    // What the first two would make of every field of every answer, nobody reads.
    plugins: [ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginCacheControlDisabled(), errorLog(logger)],
    logger,
  })
  await apollo.start()
  const server = createHttpServer({ bodyLimitBytes: 10 * 1024 * 1024 })
  addHealthRoutes(server, options.database.isReady)
  options.publicRoutes?.(server)
  await server.register(async (signed) => {
    requireSignature(signed, environment.SIGNING_SECRETS)
    signed.post('/graphql', fastifyApolloHandler(apollo, { context: async (request) => options.contextFor(viewerOfRequest(request)) }))
    answerQuestions(signed, options.questions ?? [])
  })
  const url = await listen(server, environment.HOST, environment.PORT)
  return {
    url,
    async stop() {
      await server.close()
      await apollo.stop()
      await options.close()
      await options.database.close()
    },
  }
}
