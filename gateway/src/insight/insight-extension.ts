import type { ApolloServerPlugin } from '@apollo/server'
import { type Insight, toHiveQueryPlan } from '@cartograph/playground'
import type { GraphQLSchema } from 'graphql'
import type { GatewayContext } from '../context.ts'
import { fieldInsights, type PermissionsOfField } from './field-insights.ts'
import { FieldOwners } from './field-owners.ts'
import { selectedFields } from './selected-fields.ts'
import { traceOfFetches } from './trace-of-fetches.ts'

/**
 * Tells a client that asked, and may know, how its operation was run: `extensions.queryPlan` as the laboratory draws it, and
 * `extensions.insight`. An operation that is refused before it is planned has no plan, and one that is not valid nothing.
 */
export function insightExtension(permissionsOf: PermissionsOfField): ApolloServerPlugin<GatewayContext> {
  let schema: GraphQLSchema
  let owners: FieldOwners
  return {
    async serverWillStart() {
      return {
        schemaDidLoadOrUpdate({ apiSchema, coreSupergraphSdl }) {
          if (coreSupergraphSdl === undefined)
            throw new Error('Owners of fields are read from a supergraph, and there is none.')
          schema = apiSchema
          owners = new FieldOwners(coreSupergraphSdl)
        },
      }
    },
    async requestDidStart({ contextValue }) {
      if (!contextValue.wantsInsight) return
      return {
        async willSendResponse({ document, operation, response: { body } }) {
          if (!document || !operation || body.kind !== 'single') return
          const { claims, lifetime, queryPlan, plannedMs, trace = [] } = contextValue
          const fields = selectedFields(schema, document, operation)
          const insight: Insight = {
            trace: traceOfFetches(trace, { plannedMs, durationMs: lifetime.elapsedMs() }),
            fields: fieldInsights(fields, owners, permissionsOf, claims),
          }
          const plan = queryPlan && { queryPlan: toHiveQueryPlan(queryPlan) }
          body.singleResult.extensions = { ...body.singleResult.extensions, ...plan, insight }
        },
      }
    },
  }
}
