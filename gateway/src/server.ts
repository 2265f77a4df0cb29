import { fileURLToPath } from 'node:url'
import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import fastifyCookie from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import { playgroundPlugin } from '@cartograph/playground'
import {
  addHealthRoutes,
  createHttpServer,
  createLogger,
  type EnvironmentVariables,
  listen,
  parseEnvironment,
  type RunningService,
} from '@cartograph/service-runtime'
import { CookieIdentity } from './browser-session/cookie-identity.ts'
import { SessionCookies } from './browser-session/session-cookies.ts'
import { sessionRoutes } from './browser-session/session-routes.ts'
import { UsersSessions } from './browser-session/users-sessions.ts'
import type { GatewayContext } from './context.ts'
import { gatewayEnvironment } from './env.ts'
import { errorLog } from './errors/error-log.ts'
import { maskError } from './errors/mask-error.ts'
import { addHttpErrors } from './errors/http-errors.ts'
import { exampleOperations } from './example-operations.ts'
import { AccessTokens } from './identity/access-tokens.ts'
import { claimsOfRequest } from './identity/claims-of-request.ts'
import { EndedSessions } from './identity/ended-sessions.ts'
import { sessionEventsRoute } from './identity/session-events-route.ts'
import { depthLimit } from './limits/depth-limit.ts'
import { nodeSource } from './node/node-source.ts'
import { operationResolution } from './operation-resolution.ts'
import { PermissionEnforcement } from './permissions/permission-enforcement.ts'
import { queryPlanExtension, queryPlanHeader } from './query-plan-extension.ts'
import { SignedDataSource } from './subgraphs/signed-data-source.ts'
import { subgraphEndpoints } from './subgraphs/subgraph-endpoints.ts'
import { committedSupergraph, fixedSupergraph, permissionsApart, subgraphsOf } from './supergraph/supergraph-source.ts'
import { watchedSupergraph } from './supergraph/watched-supergraph.ts'

const bodyLimitBytes = 1024 * 1024
/** Of a document: ten times what our largest page needs. */
const mostTokens = 4_000
/** Of nested fields: the deepest example has seven. */
const mostLevels = 12
/** Answered within the gateway, so it has no address and no secret. */
const localSubgraph = 'node'

/** Starts the gateway; throws EnvironmentError when `variables` are not usable. Resolves when it listens. */
export async function start(variables: EnvironmentVariables): Promise<RunningService> {
  const environment = parseEnvironment(gatewayEnvironment, variables)
  const logger = createLogger('gateway', environment.LOG_LEVEL)
  const supergraphSdl = committedSupergraph()
  const endpoints = subgraphEndpoints(
    subgraphsOf(supergraphSdl).filter(({ name }) => name !== localSubgraph),
    variables,
  )
  const sources = new Map([...endpoints].map(([name, endpoint]) => [name, new SignedDataSource(endpoint)]))
  const endedSessions = new EndedSessions()
  const tokens = new AccessTokens(endpoints.get('users')!.url, endedSessions)

  const permissions = new PermissionEnforcement()
  const gateway = new ApolloGateway({
    supergraphSdl: permissionsApart(
      environment.WATCH_SCHEMAS
        ? watchedSupergraph(fileURLToPath(new URL('../../supergraph.yaml', import.meta.url)), logger)
        : fixedSupergraph(supergraphSdl),
      (declaring) => permissions.declare(declaring),
    ),
    buildService: ({ name }) => (name === localSubgraph ? nodeSource() : sourceOf(sources, name)),
    experimental_didResolveQueryPlan({ queryPlan, requestContext }) {
      const context = requestContext.context as GatewayContext
      if (context.wantsQueryPlan) context.queryPlan = queryPlan
    },
    __exposeQueryPlanExperimental: false,
    logger,
  })
  const apollo = new ApolloServer<GatewayContext>({
    gateway: permissions.around(gateway),
    introspection: environment.PLAYGROUND,
    parseOptions: { maxLexicalTokens: mostTokens },
    validationRules: [depthLimit(mostLevels)],
    formatError: maskError,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      operationResolution,
      queryPlanExtension,
      errorLog(logger),
      // It would load a vendor's scripts into the browser; the playground needs nobody.
      ApolloServerPluginLandingPageDisabled(),
    ],
    logger,
  })
  await apollo.start()

  const server = createHttpServer({ bodyLimitBytes, trustedProxies: environment.TRUSTED_PROXIES })
  addHttpErrors(server, logger)
  server.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id))
  addHealthRoutes(server, async () => true)
  if (environment.GATEWAY_SIGNING_SECRETS)
    await server.register(sessionEventsRoute(environment.GATEWAY_SIGNING_SECRETS, endedSessions, logger))
  if (environment.PLAYGROUND) {
    await server.register(
      playgroundPlugin({
        endpoint: '/graphql',
        title: 'Cartograph',
        operations: exampleOperations(),
        requestHeaders: { [queryPlanHeader]: 'true' },
      }),
    )
  }
  await server.register(fastifyCookie)
  const trust = {
    cookies: new SessionCookies({ plainHttp: environment.PLAIN_HTTP_COOKIES }),
    csrfSecrets: environment.BROWSER_SESSION_SECRETS,
    ownOrigins: environment.BROWSER_ORIGINS,
    tokens,
  }
  await server.register(sessionRoutes(trust, new UsersSessions(sourceOf(sources, 'users'))))
  const browsers = new CookieIdentity(trust)
  const handler = fastifyApolloHandler(apollo, {
    context: async (request) => ({
      claims: await claimsOfRequest(request, tokens, browsers),
      wantsQueryPlan: environment.PLAYGROUND && request.headers[queryPlanHeader] === 'true',
    }),
  })
  const onRequest = (request: FastifyRequest) => browsers.check(request)
  server.route({ method: ['GET', 'POST'], url: '/graphql', onRequest, handler })
  const url = await listen(server, environment.HOST, environment.PORT)
  return {
    url,
    async stop() {
      await server.close()
      await apollo.stop()
      await Promise.all([...sources.values()].map((source) => source.close()))
    },
  }
}

function sourceOf(sources: ReadonlyMap<string, SignedDataSource>, name: string): SignedDataSource {
  const source = sources.get(name)
  if (!source) throw new Error(`The supergraph has a new subgraph, ${name}; restart the gateway with its address.`)
  return source
}
