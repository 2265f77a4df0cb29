import { isRequestError } from '@cartograph/error-catalogue'
import type { ApolloServerPlugin } from '@apollo/server'
import { unwrapResolverError } from '@apollo/server/errors'
import type { Viewer } from '@cartograph/viewer'
import type { GraphQLFormattedError } from 'graphql'
import type { Logger } from 'pino'

const codesOfGraphQL = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

const isMeantForClients = (error: unknown, code: unknown) =>
  isRequestError(unwrapResolverError(error)) || codesOfGraphQL.has(String(code))

/** PostgreSQL stores any text but this; it says so with SQLSTATE 22021, whichever statement the text came in. */
function holdsNullCharacter(error: unknown): boolean {
  const { message = '', meta } = unwrapResolverError(error) as { message?: string; meta?: unknown }
  return /22021|invalid byte sequence for encoding "UTF8": 0x00/.test(`${message} ${JSON.stringify(meta ?? null)}`)
}

/**
 * What a client may see of an error: those made for it as they are, without a stack; anything else, be it SQL, a host
 * or a path, becomes one sentence with INTERNAL_SERVER_ERROR.
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { stacktrace: _, ...extensions } = formatted.extensions ?? {}
  if (holdsNullCharacter(error)) {
    const message = 'Text may not hold the character U+0000.'
    return { ...formatted, message, extensions: { code: 'BAD_USER_INPUT' } }
  }
  if (isMeantForClients(error, extensions['code'])) return { ...formatted, extensions }
  return {
    message: 'Something went wrong on our side.',
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  }
}

/** Logs each error that clients see masked, under the id that the gateway gave the request. */
export function errorLog<Context extends { viewer: Viewer }>(logger: Logger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue }) {
      return {
        async didEncounterErrors({ errors }) {
          for (const error of errors) {
            if (isMeantForClients(error, error.extensions['code']) || holdsNullCharacter(error)) continue
            logger.error(
              { err: unwrapResolverError(error), path: error.path, requestId: contextValue.viewer.requestId },
              'a resolver failed',
            )
          }
        },
      }
    },
  }
}
