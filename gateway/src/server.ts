import { fastifyApolloHandler } from '@as-integrations/fastify'
import fastifyCookie from '@fastify/cookie'
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
import { gatewayEnvironment } from './env.ts'
import { addHttpErrors } from './errors/http-errors.ts'
import { exampleOperations } from './example-operations.ts'
import { graphqlServer, localSubgraph } from './graphql-server.ts'
import { AccessTokens } from './identity/access-tokens.ts'
import { claimsOfRequest } from './identity/claims-of-request.ts'
import { EndedSessions } from './identity/ended-sessions.ts'
import { sessionEventsRoute } from './identity/session-events-route.ts'
import { refuseEncodedBodies } from './limits/encoded-bodies.ts'
import { queryPlanHeader } from './query-plan-extension.ts'
import { Load } from './shedding/load.ts'
import { LoadShedding } from './shedding/shed-load.ts'
import { subgraphEndpoints } from './subgraphs/subgraph-endpoints.ts'
import { SubgraphSources } from './subgraphs/subgraph-sources.ts'
import { committedSupergraph, subgraphsOf } from './supergraph/supergraph-source.ts'

/** Our largest operation has 2 KiB; 5,000 ids, as many values as variables may hold, have 180. */
const bodyLimitBytes = 256 * 1024
/** For the slowest line that sends such a body. */
const requestTimeoutMs = 30_000

/** Starts the gateway; throws EnvironmentError when `variables` are not usable. Resolves when it listens. */
export async function start(variables: EnvironmentVariables): Promise<RunningService> {
  const environment = parseEnvironment(gatewayEnvironment, variables)
  const logger = createLogger('gateway', environment.LOG_LEVEL)
  const supergraphSdl = committedSupergraph()
  const withAddress = subgraphsOf(supergraphSdl).filter(({ name }) => name !== localSubgraph)
  const endpoints = subgraphEndpoints(withAddress, variables)
  const sources = new SubgraphSources(endpoints)
  const endedSessions = new EndedSessions()
  const tokens = new AccessTokens(endpoints.get('users')!.url, endedSessions)
  const apollo = graphqlServer(environment, supergraphSdl, sources, logger)
  await apollo.start()

  const server = createHttpServer({ bodyLimitBytes, requestTimeoutMs, trustedProxies: environment.TRUSTED_PROXIES })
  addHttpErrors(server, logger)
  server.addHook('onRequest', refuseEncodedBodies)
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
  const load = new Load({
    mostInFlight: environment.MOST_REQUESTS_IN_FLIGHT,
    mostLoopDelayMs: environment.MOST_LOOP_DELAY_MS,
  })
  const shedding = new LoadShedding(load)
  await server.register(fastifyCookie)
  const trust = {
    cookies: new SessionCookies({ plainHttp: environment.PLAIN_HTTP_COOKIES }),
    csrfSecrets: environment.BROWSER_SESSION_SECRETS,
    ownOrigins: environment.BROWSER_ORIGINS,
    tokens,
  }
  const browsers = new CookieIdentity(trust)
  // A scope of its own: health, and what services tell the gateway, are never shed.
  await server.register(async (clients) => {
    shedding.addTo(clients)
    await clients.register(sessionRoutes(trust, new UsersSessions(sources.of('users'))))
    clients.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      onRequest: (request) => browsers.check(request),
      handler: fastifyApolloHandler(apollo, {
        context: async (request) => ({
          claims: await claimsOfRequest(request, tokens, browsers),
          onlyForCheckout: shedding.isOnlyForCheckout(request),
          wantsQueryPlan: environment.PLAYGROUND && request.headers[queryPlanHeader] === 'true',
        }),
      }),
    })
  })
  const url = await listen(server, environment.HOST, environment.PORT)
  return {
    url,
    async stop() {
      await server.close()
      load.stop()
      await apollo.stop()
      await sources.close()
    },
  }
}
