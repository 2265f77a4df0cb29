import type { ApolloServerPlugin } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import { OperationTypeNode } from 'graphql'
import type { GatewayContext } from './context.ts'

/** Refuses a document in which no operation, or one that nobody can run, was chosen, before it reaches the planner. */
export const operationResolution: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation, request }) {
        if (!operation) {
          const message = request.operationName
            ? 'The document holds no operation of that name.'
            : 'The document holds several operations; name one in operationName.'
          throw requestError('OPERATION_RESOLUTION_FAILURE', message, { http: { status: 400 } })
        }
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
          throw requestError('OPERATION_RESOLUTION_FAILURE', 'There are no subscriptions.', { http: { status: 400 } })
        }
      },
    }
  },
}
