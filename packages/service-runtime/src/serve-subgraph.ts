import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import { type Viewer } from '@cartograph/viewer'
import { type Permissions, permissionMiddleware } from '@cartograph/viewer/permissions'
import { parse } from 'graphql'
import { applyMiddleware } from 'graphql-middleware'
import type { ServiceDatabase } from './database/open-database.ts'
import type { OpenedSubgraph } from './define-subgraph.ts'
import type { SubgraphEnvironment } from './environment.ts'
import { errorLog, maskError } from './graphql/mask-error.ts'
import { addHealthRoutes, createHttpServer, listen, type RunningService } from './http/http-server.ts'
import { requireSignature, viewerOfRequest } from './http/signed-requests.ts'
import type { Logger } from './logger.ts'
import { answerQuestions } from './questions/answer-questions.ts'

type SubgraphModule = Parameters<typeof buildSubgraphSchema>[0]
type Resolvers = Extract<SubgraphModule, { typeDefs: unknown }>['resolvers']

export interface SubgraphToServe<Context extends { viewer: Viewer }> {
  readonly schemaFile: URL
  readonly resolvers: object
  readonly permissions: Permissions
  readonly opened: OpenedSubgraph<Context>
  readonly database: ServiceDatabase
  readonly environment: SubgraphEnvironment
  readonly logger: Logger
}

/**
 * Serves a subgraph: POST /graphql and /questions/*, every one under signature but the subgraph's public routes, permissions enforced by shield, errors
 * masked, and unsigned health probes. Resolves when it listens.
 */
export async function serveSubgraph<Context extends { viewer: Viewer }>(
  options: SubgraphToServe<Context>,
): Promise<RunningService> {
  const { environment, logger, opened } = options
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
  opened.publicRoutes?.(server)
  await server.register(async (signed) => {
    requireSignature(signed, environment.SIGNING_SECRETS)
    signed.post(
      '/graphql',
      fastifyApolloHandler(apollo, { context: async (request) => opened.contextFor(viewerOfRequest(request)) }),
    )
    answerQuestions(signed, opened.questions ?? [])
    opened.signedRoutes?.(signed)
  })
  const url = await listen(server, environment.HOST, environment.PORT)
  return {
    url,
    async stop() {
      await server.close()
      await apollo.stop()
      await opened.close()
      await options.database.close()
    },
  }
}
