import { HeaderMap } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import type { GraphQLError } from 'graphql'
import type { PartnerDirectory, PartnerKey } from './directory/partner-directory.ts'

const keyPrefix = 'pk_live_'
const scheme = /^Bearer +/i

/** The key that an authorization header shows; null for one that shows none of a partner. */
export function keyInHeader(authorization: string | undefined): string | null {
  if (authorization === undefined) return null
  const token = authorization.replace(scheme, '')
  return token !== authorization && token.startsWith(keyPrefix) ? token : null
}

/**
 * The key of a partner that `key` is. Throws 401 UNAUTHENTICATED for one that is unknown, revoked or expired, and 503
 * SUBGRAPH_UNAVAILABLE for one that may be good as long as not all partners are known: a key never makes a guest.
 */
export function identifyKey(directory: PartnerDirectory, key: string, now: number): PartnerKey {
  const found = directory.find(key)
  if (!found) throw directory.isComplete ? refused('The key is not valid.') : notYetKnown()
  if (found.expiresAt !== null && found.expiresAt <= now)
    throw refused(`The key has expired at ${new Date(found.expiresAt).toISOString()}.`)
  return found
}

function refused(message: string): GraphQLError {
  return requestError('UNAUTHENTICATED', message, {
    http: { status: 401, headers: new HeaderMap([['www-authenticate', 'Bearer']]) },
  })
}

function notYetKnown(): GraphQLError {
  return requestError('SUBGRAPH_UNAVAILABLE', 'The partners service is unavailable, so no key can be looked up.', {
    service: 'partners',
    http: { status: 503, headers: new HeaderMap([['retry-after', '2']]) },
  })
}
