import { fileURLToPath } from 'node:url'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import { sessionsEnded } from '@cartograph/contracts'
import fastifyCookie from '@fastify/cookie'
import { playgroundPlugin } from '@cartograph/playground'
import {
  createLogger,
  type EnvironmentVariables,
  listen,
  type Logger,
  parseEnvironment,
  type RunningService,
} from '@cartograph/service-runtime/process'
import { CookieIdentity } from './browser-session/cookie-identity.ts'
import { SessionCookies } from './browser-session/session-cookies.ts'
import { sessionRoutes } from './browser-session/session-routes.ts'
import { UsersSessions } from './browser-session/users-sessions.ts'
import { type GatewayEnvironment, gatewayEnvironment } from './env.ts'
import { eventsRoute, hearsOf } from './events/events-route.ts'
import { exampleOperations } from './example-operations.ts'
import { AnswerCache } from './answers/answer-cache.ts'
import { notModified } from './answers/cache-headers.ts'
import { SharedAnswers } from './answers/shared-answers.ts'
import { graphqlServer } from './graphql-server.ts'
import { publicServer } from './http/public-server.ts'
import { nodeSubgraph } from './node/node-subgraph.ts'
import { firstPartyOperations } from './persisted-operations/first-party-operations.ts'
import { OperationGate } from './persisted-operations/operation-gate.ts'
import { RefusableTexts } from './persisted-operations/refusable-texts.ts'
import { openLedger } from './partners/budget/open-ledger.ts'
import { openPartners, type Partners } from './partners/partners.ts'
import { PermissionRestrictions } from './permissions/permission-restrictions.ts'
import { lifetimeOf } from './subgraphs/request-lifetime.ts'
import { AccessTokens } from './identity/access-tokens.ts'
import { claimsOfRequest } from './identity/claims-of-request.ts'
import { EndedSessions } from './identity/ended-sessions.ts'
import { insightHeader, mayInspect } from './insight/may-inspect.ts'
import { type SubgraphEndpoint, subgraphEndpoints } from './subgraphs/subgraph-endpoints.ts'
import { signedHeaders } from './subgraphs/signed-headers.ts'
import { SubgraphClients } from './subgraphs/subgraph-clients.ts'
import { committedSupergraph, fixedSupergraph, permissionsApart, subgraphsOf } from './supergraph/supergraph-source.ts'
import { watchedSupergraph } from './supergraph/watched-supergraph.ts'

/** Answered within the gateway, so it has no address and no secret. */
const localSubgraph = 'node'
/** For the usage that was not sent yet: what stops us kills after ten seconds. */
const usageDrainMs = 3_000
const supergraphFile = fileURLToPath(new URL('../../supergraph.yaml', import.meta.url))

/** Starts the gateway; throws EnvironmentError when `variables` are not usable. Resolves when it listens. */
export async function start(variables: EnvironmentVariables): Promise<RunningService> {
  const environment = parseEnvironment(gatewayEnvironment, variables)
  const logger = createLogger('gateway', environment.LOG_LEVEL)
  const supergraphSdl = committedSupergraph()
  const withAddress = subgraphsOf(supergraphSdl).filter(({ name }) => name !== localSubgraph)
  const endpoints = subgraphEndpoints(withAddress, variables)
  const subgraphs = new SubgraphClients(
    [...endpoints.values()].map((endpoint) => ({
      ...endpoint,
      deadlineMs: environment.SUBGRAPH_DEADLINE_MS,
      headersOf: signedHeaders(endpoint.signingSecret),
    })),
    { [localSubgraph]: nodeSubgraph() },
  )
  const endedSessions = new EndedSessions()
  const tokens = new AccessTokens(endpoints.get('users')!.url, endedSessions)
  const permissions = new PermissionRestrictions()
  const refusableTexts = new RefusableTexts(logger)
  const partners = await partnersOf(endpoints.get('partners')!, environment, refusableTexts, logger)
  const answerCache = await answerCacheOf(environment, permissions, logger)
  const apollo = graphqlServer({
    supergraph: permissionsApart(
      environment.WATCH_SCHEMAS ? watchedSupergraph(supergraphFile, logger) : fixedSupergraph(supergraphSdl),
      (declaring) => permissions.declare(declaring),
    ),
    transport: subgraphs,
    restrictionOf: ({ claims }) => permissions.of(claims),
    permissionsOf: (typeName, fieldName) => permissions.ofField(typeName, fieldName),
    sharedAnswers: new SharedAnswers(environment.REQUEST_DEADLINE_MS),
    patienceMs: environment.FETCH_PATIENCE_MS,
    answerCache,
    gate: new OperationGate({
      mode: environment.PERSISTED_OPERATIONS,
      operations: firstPartyOperations(environment.OPERATION_MANIFESTS),
      refusableTexts,
    }),
    partners,
    mostOperationCost: environment.MOST_OPERATION_COST,
    isSchemaPublic: environment.PLAYGROUND,
    logger,
  })
  await apollo.start()

  const { server, clientRoutes, close } = publicServer({
    requestDeadlineMs: environment.REQUEST_DEADLINE_MS,
    loadLimits: {
      mostInFlight: environment.MOST_REQUESTS_IN_FLIGHT,
      mostLoopDelayMs: environment.MOST_LOOP_DELAY_MS,
    },
    trustedProxies: environment.TRUSTED_PROXIES,
    logger,
  })
  const handlers = [hearsOf(sessionsEnded, ({ payload }) => endedSessions.add(payload.sessionIds)), ...partners.events]
  if (environment.GATEWAY_SIGNING_SECRETS)
    await server.register(eventsRoute(environment.GATEWAY_SIGNING_SECRETS, handlers, logger))
  if (environment.PLAYGROUND) {
    await server.register(
      playgroundPlugin({
        endpoint: '/graphql',
        title: 'Cartograph',
        operations: exampleOperations(),
        requestHeaders: { [insightHeader]: 'true' },
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
  const browsers = new CookieIdentity(trust)
  await clientRoutes(async (clients, shedding) => {
    clients.addHook('onSend', notModified)
    partners.addHeaders(clients)
    await clients.register(sessionRoutes(trust, new UsersSessions(subgraphs.of('users'))))
    clients.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      onRequest: (request) => browsers.check(request),
      handler: fastifyApolloHandler(apollo, {
        context: async (request, reply) => {
          const partner = partners.identify(request)
          const claims = await claimsOfRequest(request, tokens, browsers, partner)
          const wantsInsight = request.headers[insightHeader] === 'true' && mayInspect(claims, environment.PLAYGROUND)
          return {
            claims,
            ...(partner && { partner }),
            lifetime: lifetimeOf(reply, environment.REQUEST_DEADLINE_MS),
            onlyForCheckout: shedding.isOnlyForCheckout(request),
            wantsInsight,
            ...(wantsInsight && { trace: [] }),
          }
        },
      }),
    })
  })
  const url = await listen(server, environment.HOST, environment.PORT)
  return {
    url,
    async stop() {
      await close()
      await partners.close(usageDrainMs)
      await apollo.stop()
      answerCache?.close()
      await subgraphs.close()
    },
  }
}

async function answerCacheOf(
  { ANSWER_CACHE_MEBIBYTES, ANSWER_CACHE_URL }: GatewayEnvironment,
  permissions: PermissionRestrictions,
  logger: Logger,
): Promise<AnswerCache | null> {
  if (ANSWER_CACHE_MEBIBYTES === 0) return null
  // Its client is loaded by who uses it.
  const redis =
    ANSWER_CACHE_URL === undefined
      ? null
      : new (await import('./answers/redis-answers.ts')).RedisAnswers(ANSWER_CACHE_URL, logger)
  return new AnswerCache({
    mostBytes: ANSWER_CACHE_MEBIBYTES * 1_024 * 1_024,
    redis,
    isProtected: (typeName, fieldName) => permissions.ofField(typeName, fieldName).length > 0,
  })
}

async function partnersOf(
  { url, signingSecret }: SubgraphEndpoint,
  { PARTNER_BUDGETS_URL, PERSISTED_OPERATIONS }: GatewayEnvironment,
  refusableTexts: RefusableTexts,
  logger: Logger,
): Promise<Partners> {
  const ledger = await openLedger(PARTNER_BUDGETS_URL, logger)
  return openPartners({ url, signingSecret, ledger, mode: PERSISTED_OPERATIONS, refusableTexts, logger })
}
