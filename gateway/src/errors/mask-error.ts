import { errorCatalogue } from '@cartograph/error-catalogue'
import type { GraphQLFormattedError } from 'graphql'

/** True for a code that says to a client what it can do; INTERNAL_SERVER_ERROR hides what it must not see. */
export function isMeantForClients(code: unknown): code is string {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code) && code !== 'INTERNAL_SERVER_ERROR'
}

/**
 * What a client may see of an error: those with a code of the catalogue as they are, named by the service they come
 * from; anything else becomes one sentence. Never a stack.
 */
export function maskError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { code, service, serviceName, http: _, stacktrace: __, ...details } = formatted.extensions ?? {}
  const from = service ?? serviceName
  const place = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  }
  const named = from === undefined ? {} : { service: from }
  return isMeantForClients(code)
    ? { message: formatted.message, ...place, extensions: { code, ...named, ...details } }
    : {
        message: 'Something went wrong on our side.',
        ...place,
        extensions: { code: 'INTERNAL_SERVER_ERROR', ...named },
      }
}
