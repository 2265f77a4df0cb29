import { errorCatalogue } from '@cartograph/error-catalogue'
import type { Logger } from '@cartograph/service-runtime'
import type { GraphQLFormattedError } from 'graphql'

/**
 * What a client may see of an error: those with a code of the catalogue as they are, named by the service they come
 * from; anything else is logged and becomes one sentence. Never a stack.
 */
export function gatewayErrorFormatter(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { code, service, serviceName, http: _, stacktrace: __, ...details } = formatted.extensions ?? {}
    const from = service ?? serviceName
    const place = { ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }) }
    const known = typeof code === 'string' && Object.hasOwn(errorCatalogue, code) && code !== 'INTERNAL_SERVER_ERROR'
    const named = from === undefined ? {} : { service: from }
    if (known) return { message: formatted.message, ...place, extensions: { code, ...named, ...details } }
    logger.error({ err: error, path: formatted.path, from }, 'a request failed')
    return { message: 'Something went wrong on our side.', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', ...named } }
  }
}
