import { isRequestError } from '@cartograph/error-catalogue'
import { unwrapResolverError } from '@apollo/server/errors'
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

/**
 * What a client may see of an error: those made for it as they are, without a stack; anything else, be it SQL, a host
 * or a path, is logged and becomes one sentence with INTERNAL_SERVER_ERROR.
 */
export function errorFormatter(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error)
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {}
    if (isRequestError(original) || codesOfGraphQL.has(String(extensions['code']))) return { ...formatted, extensions }
    logger.error({ err: original, path: formatted.path }, 'a resolver failed')
    return {
      message: 'Something went wrong on our side.',
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    }
  }
}
