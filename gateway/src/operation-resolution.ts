import type { ApolloServerPlugin } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import { type DocumentNode, Kind, OperationTypeNode, visit } from 'graphql'
import type { GatewayContext } from './context.ts'

/** Refuses a document in which no operation, or one that nobody can run, was chosen, before it reaches the planner. */
export const operationResolution: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, document, request }) {
        if (!operation) {
          const message = request.operationName
            ? 'The document holds no operation of that name.'
            : 'The document holds several operations; name one in operationName.'
          throw requestError('OPERATION_RESOLUTION_FAILURE', message, { http: { status: 400 } })
        }
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
          throw requestError('OPERATION_RESOLUTION_FAILURE', 'There are no subscriptions.', { http: { status: 400 } })
        }
        const nulls = Object.entries(request.variables ?? {}).flatMap(([name, value]) => (value === null ? [name] : []))
        if (nulls.length > 0) refuseNullConditions(document, nulls)
      },
    }
  },
}

/**
 * A variable that may be null and has a default fits `@skip(if:)` as far as validation goes; given null it does not, which
 * the planner would call a failure of its own.
 */
function refuseNullConditions(document: DocumentNode, nulls: readonly string[]): void {
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'skip' && name.value !== 'include') return
      for (const { value } of given) {
        if (value.kind === Kind.VARIABLE && nulls.includes(value.name.value))
          throw requestError(
            'BAD_USER_INPUT',
            `Variable "$${value.name.value}" decides a @${name.value}, and is null.`,
            {
              http: { status: 400 },
            },
          )
      }
    },
  })
}
