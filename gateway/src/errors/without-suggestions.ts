import type { GraphQLFormattedError } from 'graphql'

const codesWithSuggestions: readonly unknown[] = ['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']

/**
 * `error` without the names that GraphQL suggests in place of unknown ones, and that strangers would learn a schema from.
 * Validation can be told to suggest none; what coerces variables cannot.
 */
export function withoutSuggestions(error: GraphQLFormattedError): GraphQLFormattedError {
  if (!codesWithSuggestions.includes(error.extensions?.['code'])) return error
  return { ...error, message: error.message.replace(/ Did you mean [^?]*\?$/, '') }
}
