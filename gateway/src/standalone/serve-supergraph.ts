import { fastifyApolloHandler } from '@as-integrations/fastify'
import { listen, type Logger, type RunningService } from '@cartograph/service-runtime/process'
import { guestClaims } from '@cartograph/viewer'
import { AnswerCache } from '../answers/answer-cache.ts'
import { notModified } from '../answers/cache-headers.ts'
import { SharedAnswers } from '../answers/shared-answers.ts'
import { graphqlServer } from '../graphql-server.ts'
import { publicServer } from '../http/public-server.ts'
import { PermissionRestrictions } from '../permissions/permission-restrictions.ts'
import { lifetimeOf } from '../subgraphs/request-lifetime.ts'
import { SubgraphClients } from '../subgraphs/subgraph-clients.ts'
import { fixedSupergraph, permissionsApart, subgraphsOf } from '../supergraph/supergraph-source.ts'

const answerCacheBytes = 32 * 1_024 * 1_024
const loadLimits = { mostInFlight: 2_000, mostLoopDelayMs: 500 }

export interface ServedSupergraph {
  readonly supergraphSdl: string
  readonly host: string
  readonly port: number
  /** How long a client's request may take, and one request to a subgraph. */
  readonly requestDeadlineMs: number
  readonly subgraphDeadlineMs: number
  /** Whether strangers who ask for the same at the same time get the same answer. */
  readonly sharesAnswers: boolean
  /** Whether answers are kept for as long as @cacheControl says. */
  readonly keepsAnswers: boolean
  /** What one operation may cost by @cost and @listSize; null for any. */
  readonly mostOperationCost: number | null
  readonly logger: Logger
}

/**
 * Serves any supergraph, each subgraph at the address that the supergraph gives: with the executor and the protections of
 * the shop's gateway, and without its identity, so that everybody is a guest and what asks for more is refused. GET /health
 * answers once it listens. Throws for a supergraph that @apollo/gateway does not load, with its reason.
 */
export async function serveSupergraph(served: ServedSupergraph): Promise<RunningService> {
  const { supergraphSdl, host, port, requestDeadlineMs, sharesAnswers, keepsAnswers, logger } = served
  const names = subgraphsOf(supergraphSdl)
  if (names.length === 0)
    throw new Error('it names no subgraphs in a join__Graph. Compose them first, as with "rover supergraph compose".')
  const permissions = new PermissionRestrictions()
  const subgraphs = new SubgraphClients(
    names.map(({ name, routingUrl }) => ({
      name,
      url: routingUrl,
      deadlineMs: served.subgraphDeadlineMs,
      headersOf: () => ({}),
    })),
  )
  const apollo = graphqlServer({
    supergraph: permissionsApart(fixedSupergraph(supergraphSdl), (declaring) => permissions.declare(declaring)),
    transport: subgraphs,
    restrictionOf: ({ claims }) => permissions.of(claims),
    sharedAnswers: sharesAnswers ? new SharedAnswers(requestDeadlineMs) : null,
    answerCache: keepsAnswers
      ? new AnswerCache({
          mostBytes: answerCacheBytes,
          isProtected: (typeName, fieldName) => permissions.ofField(typeName, fieldName).length > 0,
        })
      : null,
    mostOperationCost: served.mostOperationCost,
    isSchemaPublic: true,
    logger,
  })
  await apollo.start()
  const { server, clientRoutes, close } = publicServer({ requestDeadlineMs, loadLimits, logger })
  server.get('/health', async () => ({ status: 'ready' }))
  await clientRoutes(async (clients, shedding) => {
    clients.addHook('onSend', notModified)
    clients.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      handler: fastifyApolloHandler(apollo, {
        context: async (request, reply) => ({
          claims: guestClaims(request.id),
          lifetime: lifetimeOf(reply, requestDeadlineMs),
          onlyForCheckout: shedding.isOnlyForCheckout(request),
          wantsInsight: false,
        }),
      }),
    })
  })
  const url = await listen(server, host, port)
  return {
    url,
    async stop() {
      await close()
      await apollo.stop()
      await subgraphs.close()
    },
  }
}
