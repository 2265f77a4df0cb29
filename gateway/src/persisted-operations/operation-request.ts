import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import type { PersistedOperation } from '@cartograph/persisted-operations'
import type { AskedOperation } from './asked-operation.ts'

/**
 * The request that has `operation` run with the variables of the one that names it. Throws 405 BAD_REQUEST for a mutation by
 * GET. Whoever asks for a known query by GET is no forger of mutations, so that Apollo Server need not look for one.
 */
export function operationRequest(
  { body: query, type }: PersistedOperation,
  { variables, operationName, extensions }: AskedOperation,
  { method, headers }: HTTPGraphQLRequest,
): HTTPGraphQLRequest {
  if (method === 'GET' && type === 'mutation')
    throw requestError('BAD_REQUEST', 'A mutation is sent by POST.', {
      http: { status: 405, headers: new HeaderMap([['allow', 'POST']]) },
    })
  // The headers are this request's own, so that they need no copy.
  if (method === 'GET') headers.set('content-type', 'application/json')
  const body: Record<string, unknown> = { query }
  if (variables !== undefined) body['variables'] = variables
  if (operationName !== undefined) body['operationName'] = operationName
  if (extensions) {
    const { persistedQuery: _, ...others } = extensions
    body['extensions'] = others
  }
  return { method: 'POST', headers, search: '', body }
}
