import { errorCatalogue, type RequestErrorCode } from '@cartograph/error-catalogue'
import type { GraphQLFormattedError } from 'graphql'

/** True for a code that says to a client what it can do; INTERNAL_SERVER_ERROR hides what it must not see. */
export function isMeantForClients(code: unknown): code is RequestErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code) && code !== 'INTERNAL_SERVER_ERROR'
}

/**
 * What a client may see of an error: those with a code of the catalogue as they are, named by the service they come
 * from; those that Apollo Server answers with a status of 4xx as BAD_REQUEST; anything else becomes one sentence. Never
 * a stack.
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { code, service, serviceName, http: _, stacktrace: __, ...details } = formatted.extensions ?? {}
  const from = service ?? serviceName
  const place = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  }
  const named = from === undefined ? {} : { service: from }
  if (isTooDeep(error)) return { message: 'The request is nested too deeply.', extensions: { code: 'BAD_REQUEST' } }
  if (isMeantForClients(code))
    return { message: formatted.message, ...place, extensions: { code, ...named, ...details } }
  if (isClientsFault(error)) return { message: formatted.message, ...place, extensions: { code: 'BAD_REQUEST' } }
  return {
    message: 'Something went wrong on our side.',
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', ...named },
  }
}

/** True for what Apollo Server answers with a status of 4xx, in its own words and without a code. */
export function isClientsFault(error: unknown): boolean {
  const { http } = ((error ?? {}) as { extensions?: { http?: { status?: number } } }).extensions ?? {}
  return http?.status !== undefined && http.status >= 400 && http.status < 500
}

/** What a parser that calls itself throws at nesting without end; its words are the engine's. */
function isTooDeep(error: unknown): boolean {
  const { originalError, message = '' } = (error ?? {}) as { originalError?: unknown; message?: string }
  return (
    error instanceof RangeError ||
    originalError instanceof RangeError ||
    message.includes('Maximum call stack size exceeded')
  )
}
