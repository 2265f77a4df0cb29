import { GraphQLError } from 'graphql'
import type { RequestErrorCode } from './error-code.ts'

/**
 * An error for `errors[]`, with a code of the catalogue. What is thrown with this is meant for the client: its message
 * passes every boundary unchanged, while any other thrown value is masked.
 */
export function requestError(
  code: RequestErrorCode,
  message: string,
  extensions: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } })
}

/** True for an error that was made for the client: it carries a code and wraps no foreign exception. */
export function isRequestError(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError && typeof error.extensions['code'] === 'string'
}
