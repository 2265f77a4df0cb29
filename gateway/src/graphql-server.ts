import type { SupergraphManager } from '@apollo/gateway'
import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import { CompiledGateway, type Restriction, stringifyAnswer, type SubgraphTransport } from '@cartograph/plan-executor'
import type { Logger } from '@cartograph/service-runtime/process'
import type { AnswerCache } from './answers/answer-cache.ts'
import { cacheHeaders } from './answers/cache-headers.ts'
import type { SharedAnswers } from './answers/shared-answers.ts'
import type { GatewayContext } from './context.ts'
import { demandControl } from './demand/demand-control.ts'
import { documentStore } from './documents/document-store.ts'
import { errorLog } from './errors/error-log.ts'
import { inOurWords } from './errors/in-our-words.ts'
import { maskError } from './errors/mask-error.ts'
import { withoutSuggestions } from './errors/without-suggestions.ts'
import type { PermissionsOfField } from './insight/field-insights.ts'
import { insightExtension } from './insight/insight-extension.ts'
import { documentLimits, mostTokens } from '@cartograph/operation-limits'
import { variableLimits } from './limits/variable-limits.ts'
import { operationResolution } from './operation-resolution.ts'
import { GatedApolloServer } from './persisted-operations/gated-apollo-server.ts'
import type { OperationGate } from './persisted-operations/operation-gate.ts'
import { chargePartners } from './partners/budget/charge-partners.ts'
import type { Partners } from './partners/partners.ts'
import { countUsage } from './partners/usage/count-usage.ts'
import { shedOperations } from './shedding/shed-load.ts'

export interface GraphQLServerOptions {
  /** Gives supergraphs without permissions, which @apollo/gateway refuses. */
  readonly supergraph: SupergraphManager
  readonly transport: SubgraphTransport
  /** What a client may not see; without it everybody sees everything. */
  readonly restrictionOf?: (context: GatewayContext) => Restriction
  /** What it takes to see a field, for developers; without it nothing. */
  readonly permissionsOf?: PermissionsOfField
  readonly sharedAnswers: SharedAnswers | null
  readonly answerCache: AnswerCache | null
  /** Knows persisted operations; without it there are none. */
  readonly gate?: OperationGate
  /** Who pays for operations; needs a gate, and what operations cost. */
  readonly partners?: Pick<Partners, 'gate' | 'budgets' | 'usage'> | null
  /** What one operation may cost; null for any. */
  readonly mostOperationCost: number | null
  /** Whether strangers may learn the schema: by introspection, and by what errors suggest. */
  readonly isSchemaPublic: boolean
  /** How long a fetch waits for those that it can be sent with; 10 unless said otherwise. */
  readonly patienceMs?: number
  readonly logger: Logger
}

/**
 * GraphQL over a supergraph: documents are bounded, what a client may not see is taken out before an operation is planned,
 * fetches go over `transport`, errors are masked. To be started before it is asked.
 */
export function graphqlServer(options: GraphQLServerOptions): ApolloServer<GatewayContext> {
  const { supergraph, transport, restrictionOf, permissionsOf = () => [], sharedAnswers, answerCache } = options
  const { gate, partners = null, mostOperationCost, isSchemaPublic, logger } = options
  const gateway = new CompiledGateway({
    supergraphSdl: supergraph,
    transport,
    ...(restrictionOf && { restrictionOf: (context) => restrictionOf(context as GatewayContext) }),
    onPlanned(plan, context) {
      const client = context as GatewayContext
      if (!client.wantsInsight) return
      client.queryPlan = plan
      client.plannedMs = client.lifetime.elapsedMs()
    },
    ...(options.patienceMs !== undefined && { patienceMs: options.patienceMs }),
    __exposeQueryPlanExperimental: false,
    logger,
  })
  const cached = answerCache ? answerCache.around(gateway) : gateway
  // Around the cache, so that what is not there yet is executed once however many ask for it.
  const shared = sharedAnswers
    ? sharedAnswers.around(cached, (execution) => answerCache?.isPublic(execution) ?? false)
    : cached
  const serverOptions: ApolloServerOptionsWithGateway<GatewayContext> = {
    gateway: partners ? chargePartners(shared, partners.budgets) : shared,
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
      ...(partners ? [countUsage(partners.usage)] : []),
      insightExtension(permissionsOf),
      cacheHeaders(answerCache?.now),
      // It computes policies from what resolvers ran, and a gateway has none.
      ApolloServerPluginCacheControlDisabled(),
      errorLog(logger),
      // It would load a vendor's scripts into the browser; the playground needs nobody.
      ApolloServerPluginLandingPageDisabled(),
    ],
    logger,
  }
  return gate
    ? new GatedApolloServer({ gate, partnerGate: partners?.gate }, serverOptions)
    : new ApolloServer(serverOptions)
}
