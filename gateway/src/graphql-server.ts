import { fileURLToPath } from 'node:url'
import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import type { Logger } from '@cartograph/service-runtime'
import type { GatewayContext } from './context.ts'
import { demandControl } from './demand/demand-control.ts'
import type { GatewayEnvironment } from './env.ts'
import { errorLog } from './errors/error-log.ts'
import { maskError } from './errors/mask-error.ts'
import { withoutSuggestions } from './errors/without-suggestions.ts'
import { documentLimits, mostTokens } from './limits/document-limits.ts'
import { variableLimits } from './limits/variable-limits.ts'
import { nodeSource } from './node/node-source.ts'
import { operationResolution } from './operation-resolution.ts'
import { PermissionEnforcement } from './permissions/permission-enforcement.ts'
import { queryPlanExtension } from './query-plan-extension.ts'
import { shedOperations } from './shedding/shed-load.ts'
import type { SubgraphSources } from './subgraphs/subgraph-sources.ts'
import { fixedSupergraph, permissionsApart } from './supergraph/supergraph-source.ts'
import { watchedSupergraph } from './supergraph/watched-supergraph.ts'

/** Answered within the gateway, so it has no address and no secret. */
export const localSubgraph = 'node'

/**
 * GraphQL over the supergraph: documents are bounded, permissions enforced before an operation is planned, fetches sent to
 * `sources`, errors masked. To be started before it is asked.
 */
export function graphqlServer(
  environment: GatewayEnvironment,
  supergraphSdl: string,
  sources: SubgraphSources,
  logger: Logger,
): ApolloServer<GatewayContext> {
  const permissions = new PermissionEnforcement()
  const gateway = new ApolloGateway({
    supergraphSdl: permissionsApart(
      environment.WATCH_SCHEMAS
        ? watchedSupergraph(fileURLToPath(new URL('../../supergraph.yaml', import.meta.url)), logger)
        : fixedSupergraph(supergraphSdl),
      (declaring) => permissions.declare(declaring),
    ),
    buildService: ({ name }) => (name === localSubgraph ? nodeSource() : sources.of(name)),
    experimental_didResolveQueryPlan({ queryPlan, requestContext }) {
      const context = requestContext.context as GatewayContext
      if (context.wantsQueryPlan) context.queryPlan = queryPlan
    },
    __exposeQueryPlanExperimental: false,
    logger,
  })
  return new ApolloServer<GatewayContext>({
    gateway: permissions.around(gateway),
    introspection: environment.PLAYGROUND,
    parseOptions: { maxLexicalTokens: mostTokens },
    validationRules: [documentLimits],
    // Strangers learn names from suggestions that introspection would not tell them.
    validationOptions: { hideSuggestions: !environment.PLAYGROUND },
    formatError: environment.PLAYGROUND
      ? maskError
      : (formatted, error) => withoutSuggestions(maskError(formatted, error)),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      operationResolution,
      shedOperations,
      variableLimits,
      demandControl(environment.MOST_OPERATION_COST),
      queryPlanExtension,
      errorLog(logger),
      // It would load a vendor's scripts into the browser; the playground needs nobody.
      ApolloServerPluginLandingPageDisabled(),
    ],
    logger,
  })
}
