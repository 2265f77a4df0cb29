import { errorCatalogue, requestError } from '@cartograph/error-catalogue'
import type { GraphQLError } from 'graphql'

/** Says no more than that, for whoever forges requests would learn from it. */
export function csrfRefused(): GraphQLError {
  const http = { status: errorCatalogue.CSRF_REFUSED.status }
  return requestError('CSRF_REFUSED', 'A request with session cookies must be proven to come from a page of ours.', {
    http,
  })
}

export function refreshNeeded(): GraphQLError {
  const http = { status: errorCatalogue.SESSION_REFRESH_NEEDED.status }
  return requestError('SESSION_REFRESH_NEEDED', 'Send POST /session/refresh, and then this request again.', { http })
}
