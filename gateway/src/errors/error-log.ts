import type { ApolloServerPlugin } from '@apollo/server'
import type { Logger } from '@cartograph/service-runtime/process'
import type { GatewayContext } from '../context.ts'
import { isClientsFault, isMeantForClients } from './mask-error.ts'

/** Errors of one request; a subgraph that fails for each of a list's items says the same each time. */
const mostLogged = 10

/**
 * Logs each error that clients see masked, under the id of its request, and tells them that id; keeps the gateway's own notes
 * from them.
 */
export function errorLog(logger: Logger): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart({ contextValue }) {
      const { requestId } = contextValue.claims
      return {
        async didEncounterErrors({ errors }) {
          const ours = errors.filter((error) => !isMeantForClients(error.extensions['code']) && !isClientsFault(error))
          for (const error of ours.slice(0, mostLogged))
            logger.error({ err: error, path: error.path, requestId }, 'a request failed')
          if (ours.length > mostLogged)
            logger.error({ count: ours.length, requestId }, 'a request failed so many times')
        },
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return
          const { singleResult } = response.body
          // @apollo/gateway explains here, in codes of its own, which nulls it had to propagate.
          delete singleResult.extensions?.['valueCompletion']
          if (!singleResult.errors) return
          singleResult.errors = singleResult.errors.map((error) =>
            error.extensions?.['code'] === 'INTERNAL_SERVER_ERROR'
              ? { ...error, extensions: { ...error.extensions, requestId } }
              : error,
          )
        },
      }
    },
  }
}
