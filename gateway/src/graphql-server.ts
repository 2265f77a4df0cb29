import type { SupergraphManager } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { CompiledGateway, type Restriction, stringifyAnswer, type SubgraphTransport } from '@cartograph/plan-executor'
import type { Logger } from '@cartograph/service-runtime'
import type { SharedAnswers } from './answers/shared-answers.ts'
import type { GatewayContext } from './context.ts'
import { demandControl } from './demand/demand-control.ts'
import { documentStore } from './documents/document-store.ts'
import { errorLog } from './errors/error-log.ts'
import { inOurWords } from './errors/in-our-words.ts'
import { maskError } from './errors/mask-error.ts'
import { withoutSuggestions } from './errors/without-suggestions.ts'
import { documentLimits, mostTokens } from './limits/document-limits.ts'
import { variableLimits } from './limits/variable-limits.ts'
import { operationResolution } from './operation-resolution.ts'
import { queryPlanExtension } from './query-plan-extension.ts'
import { shedOperations } from './shedding/shed-load.ts'

export interface GraphQLServerOptions {
  /** Gives supergraphs without permissions, which @apollo/gateway refuses. */
  readonly supergraph: SupergraphManager
  readonly transport: SubgraphTransport
  /** What a client may not see; without it everybody sees everything. */
  readonly restrictionOf?: (context: GatewayContext) => Restriction
  readonly sharedAnswers: SharedAnswers | null
  /** What one operation may cost; null for any. */
  readonly mostOperationCost: number | null
  /** Whether strangers may learn the schema: by introspection, and by what errors suggest. */
  readonly isSchemaPublic: boolean
  readonly logger: Logger
}

/**
 * GraphQL over a supergraph: documents are bounded, what a client may not see is taken out before an operation is planned,
 * fetches go over `transport`, errors are masked. To be started before it is asked.
 */
export function graphqlServer(options: GraphQLServerOptions): ApolloServer<GatewayContext> {
  const { supergraph, transport, restrictionOf, sharedAnswers, mostOperationCost, isSchemaPublic, logger } = options
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
    documentStore: documentStore(),
    introspection: isSchemaPublic,
    parseOptions: { maxLexicalTokens: mostTokens },
    validationRules: [documentLimits],
    // Strangers learn names from suggestions that introspection would not tell them.
    validationOptions: { hideSuggestions: !isSchemaPublic },
    formatError(formatted, error) {
      const told = inOurWords(maskError(formatted, error))
      return isSchemaPublic ? told : withoutSuggestions(told)
    },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      operationResolution,
      shedOperations,
      variableLimits,
      ...(mostOperationCost === null ? [] : [demandControl(mostOperationCost)]),
      queryPlanExtension,
      errorLog(logger),
      // It would load a vendor's scripts into the browser; the playground needs nobody.
      ApolloServerPluginLandingPageDisabled(),
    ],
    logger,
  })
}
