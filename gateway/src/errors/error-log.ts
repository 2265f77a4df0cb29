import type { ApolloServerPlugin } from '@apollo/server'
import type { Logger } from '@cartograph/service-runtime/process'
import type { GatewayContext } from '../context.ts'
import { isClientsFault, isMeantForClients } from './mask-error.ts'

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
          for (const error of errors) {
            if (!isMeantForClients(error.extensions['code']) && !isClientsFault(error))
              logger.error({ err: error, path: error.path, requestId }, 'a request failed')
          }
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
