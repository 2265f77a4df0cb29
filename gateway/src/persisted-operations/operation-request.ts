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
  { variables, operationName, extensions = {} }: AskedOperation,
  { method, headers }: HTTPGraphQLRequest,
): HTTPGraphQLRequest {
  if (method === 'GET' && type === 'mutation')
    throw requestError('BAD_REQUEST', 'A mutation is sent by POST.', {
      http: { status: 405, headers: new HeaderMap([['allow', 'POST']]) },
    })
  const { persistedQuery: _, ...others } = extensions
  return {
    method: 'POST',
    headers: new HeaderMap([...headers, ['content-type', 'application/json']]),
    search: '',
    body: {
      query,
      ...(variables !== undefined && { variables }),
      ...(operationName !== undefined && { operationName }),
      ...(Object.keys(others).length > 0 && { extensions: others }),
    },
  }
}
