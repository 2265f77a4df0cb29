import type { SupergraphManager } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { CompiledGateway, type Restriction, stringifyAnswer, type SubgraphTransport } from '@cartograph/plan-executor'
import type { Logger } from '@cartograph/service-runtime'
import type { SharedAnswers } from './answers/shared-answers.ts'
import type { GatewayContext } from './context.ts'
import { errorLog } from './errors/error-log.ts'
import { maskError } from './errors/mask-error.ts'
import { depthLimit } from './limits/depth-limit.ts'
import { operationResolution } from './operation-resolution.ts'
import { queryPlanExtension } from './query-plan-extension.ts'

/** Of a document: ten times what our largest page needs. */
const mostTokens = 4_000
/** Of nested fields: the deepest example has seven. */
const mostLevels = 12

export interface GraphQLServerOptions {
  /** Gives supergraphs without permissions, which @apollo/gateway refuses. */
  readonly supergraph: SupergraphManager
  readonly transport: SubgraphTransport
  /** What a client may not see; without it everybody sees everything. */
  readonly restrictionOf?: (context: GatewayContext) => Restriction
  readonly sharedAnswers: SharedAnswers | null
  /** Whether strangers may ask for the schema itself. */
  readonly introspection: boolean
  readonly logger: Logger
}

/**
 * GraphQL over a supergraph: documents are bounded, what a client may not see is taken out before an operation is planned,
 * fetches go over `transport`, errors are masked. To be started before it is asked.
 */
export function graphqlServer(options: GraphQLServerOptions): ApolloServer<GatewayContext> {
  const { supergraph, transport, restrictionOf, sharedAnswers, introspection, logger } = options
  const gateway = new CompiledGateway({
    supergraphSdl: supergraph,
    transport,
    ...(restrictionOf && { restrictionOf: (context) => restrictionOf(context as GatewayContext) }),
    onPrepared({ plan }, context) {
      const client = context as GatewayContext
      if (client.wantsQueryPlan) client.queryPlan = plan
    },
    __exposeQueryPlanExperimental: false,
    logger,
  })
  return new ApolloServer<GatewayContext>({
    gateway: sharedAnswers ? sharedAnswers.around(gateway) : gateway,
    stringifyResult: stringifyAnswer,
    introspection,
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
}
