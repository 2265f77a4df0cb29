import { fastifyApolloHandler } from '@as-integrations/fastify'
import { composeServices } from '@apollo/composition'
import type { SubgraphAnswer, SubgraphRequest, SubgraphTransport } from '@cartograph/plan-executor'
import { guestClaims, type ViewerClaims } from '@cartograph/viewer'
import Fastify, { type FastifyRequest } from 'fastify'
import { parse } from 'graphql'
import { type Logger, pino } from 'pino'
import { AnswerCache } from './answers/answer-cache.ts'
import { notModified } from './answers/cache-headers.ts'
import type { RedisAnswers } from './answers/redis-answers.ts'
import { SharedAnswers } from './answers/shared-answers.ts'
import type { GatewayContext } from './context.ts'
import { addHttpErrors } from './errors/http-errors.ts'
import { graphqlServer } from './graphql-server.ts'
import { partnerClaims } from './identity/claims-of-request.ts'
import type { Partners } from './partners/partners.ts'
import { PermissionRestrictions } from './permissions/permission-restrictions.ts'
import type { OperationGate } from './persisted-operations/operation-gate.ts'
import { RequestLifetime } from './subgraphs/request-lifetime.ts'
import { permissionsApart } from './supergraph/supergraph-source.ts'

/** The supergraph of one subgraph with these types, which may have @cacheControl and @requiresScopes. */
export function supergraphOf(types: string): string {
  const { supergraphSdl, errors } = composeServices([
    {
      name: 'shop',
      url: 'http://127.0.0.1/shop',
      typeDefs: parse(`
        extend schema
          @link(
            url: "https://specs.apollo.dev/federation/v2.9"
            import: ["@composeDirective", "@requiresScopes", "@cost"]
          )
          @link(url: "https://cartograph.example/cacheControl/v1.0", import: ["@cacheControl"])
          @composeDirective(name: "@cacheControl")
        directive @cacheControl(maxAge: Int, scope: String, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
        ${types}
      `),
    },
  ])
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('; '))
  return supergraphSdl
}

/** The one subgraph: answers whatever it is asked with `answer`, and counts how often and for whom. */
export class ShopUnderTest implements SubgraphTransport {
  readonly askedBy: ViewerClaims[] = []
  readonly #answer: (request: SubgraphRequest, asked: number) => SubgraphAnswer

  constructor(answer: (request: SubgraphRequest, asked: number) => SubgraphAnswer) {
    this.#answer = answer
  }

  get asked(): number {
    return this.askedBy.length
  }

  async send(request: SubgraphRequest): Promise<SubgraphAnswer> {
    this.askedBy.push((request.context as GatewayContext).claims)
    return this.#answer(request, this.askedBy.length)
  }
}

export interface GatewayUnderTestOptions {
  readonly supergraphSdl: string
  readonly shop: SubgraphTransport
  readonly mostCachedBytes?: number
  readonly redis?: RedisAnswers | null
  readonly now?: () => number
  readonly gate?: OperationGate
  readonly partners?: Partners | null
  readonly mostOperationCost?: number
  readonly logger?: Logger
  /** Who asks, where no partner's key says so: a stranger unless said otherwise. */
  readonly who?: (request: FastifyRequest) => Partial<GatewayContext>
}

/** The gateway's server over one subgraph, with the answers it keeps, its gates and its partners, but no tokens or cookies. */
export async function gatewayUnderTest({
  supergraphSdl,
  shop,
  mostCachedBytes = 1_000_000,
  redis = null,
  now = Date.now,
  gate,
  partners = null,
  mostOperationCost = 1_000,
  logger = pino({ level: 'silent' }),
  who = () => ({}),
}: GatewayUnderTestOptions) {
  const permissions = new PermissionRestrictions()
  let changeSupergraph = (_supergraphSdl: string): void => {}
  const apollo = graphqlServer({
    supergraph: permissionsApart(
      {
        async initialize({ update }) {
          changeSupergraph = update
          return { supergraphSdl }
        },
      },
      (declaring) => permissions.declare(declaring),
    ),
    transport: shop,
    restrictionOf: ({ claims }) => permissions.of(claims),
    sharedAnswers: new SharedAnswers(5_000),
    answerCache: new AnswerCache({
      mostBytes: mostCachedBytes,
      redis,
      isProtected: (typeName, fieldName) => permissions.ofField(typeName, fieldName).length > 0,
      now,
    }),
    ...(gate && { gate }),
    partners,
    mostOperationCost,
    isSchemaPublic: true,
    logger,
  })
  await apollo.start()
  const server = Fastify()
  addHttpErrors(server, logger)
  server.addHook('onSend', notModified)
  partners?.addHeaders(server)
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: fastifyApolloHandler(apollo, {
      context: async (request): Promise<GatewayContext> => {
        const partner = partners?.identify(request) ?? null
        return {
          claims: partner ? partnerClaims(request, partner) : guestClaims(request.id),
          ...(partner && { partner }),
          wantsInsight: false,
          lifetime: new RequestLifetime(5_000),
          ...who(request),
        }
      },
    }),
  })
  return {
    server,
    changeSupergraph: (sdl: string) => changeSupergraph(sdl),
    async stop() {
      await server.close()
      await apollo.stop()
    },
  }
}

export type GatewayUnderTest = Awaited<ReturnType<typeof gatewayUnderTest>>
