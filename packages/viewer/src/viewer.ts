import { requestError } from '@cartograph/error-catalogue'
import { z } from 'zod'

/** A role is a named set of scopes; scopes are what fields ask for. */
export const scopesOfRole = {
  CUSTOMER: [],
  SUPPORT: ['users:read', 'orders:read', 'carts:read', 'inventory:read'],
  MERCHANDISER: ['products:read', 'products:write', 'inventory:read'],
  WAREHOUSE: ['inventory:read', 'inventory:write', 'orders:read', 'orders:fulfill'],
  ADMIN: [
    'users:read',
    'users:write',
    'products:read',
    'products:write',
    'inventory:read',
    'inventory:write',
    'orders:read',
    'orders:write',
    'orders:fulfill',
    'carts:read',
    'audit:read',
    'insight:read',
    'partners:read',
    'partners:write',
  ],
} as const satisfies Record<string, readonly string[]>

export type Role = keyof typeof scopesOfRole
export type Scope = (typeof scopesOfRole)[Role][number]

/** What partners may be given; nothing of it is about accounts, permissions or other partners. */
export const partnerScopes = [
  'products:read',
  'inventory:read',
  'inventory:write',
  'orders:read',
  'orders:fulfill',
] as const satisfies readonly Scope[]

/** The scopes of all `roles` together, sorted, each once. */
export function scopesOfRoles(roles: readonly Role[]): Scope[] {
  return [...new Set<Scope>(roles.flatMap((role) => scopesOfRole[role]))].sort()
}

/**
 * Who is behind a request, as the gateway vouches for it under its signature. A guest has no user id; any caller may
 * carry the token of a guest cart.
 */
export const viewerClaims = z.strictObject({
  kind: z.enum(['guest', 'user', 'partner', 'service']),
  /** The UUID of the user or the partner, or the name of the calling service. */
  id: z.string().nullable(),
  scopes: z.array(z.string()),
  cartToken: z.string().nullable(),
  /** The session that the user signed in with; null for others. */
  sessionId: z.string().nullable(),
  /** The network address that the request came from, where the gateway knows it; to limit guessing by, not to trust. */
  clientAddress: z.string().nullable(),
  requestId: z.string(),
})

export type ViewerClaims = z.infer<typeof viewerClaims>

export interface Viewer extends ViewerClaims {
  /** The UUID of the signed-in user, or null. */
  readonly userId: string | null
  may(scope: Scope): boolean
}

export function viewerOf(claims: ViewerClaims): Viewer {
  const scopes = new Set(claims.scopes)
  return { ...claims, userId: claims.kind === 'user' ? claims.id : null, may: (scope) => scopes.has(scope) }
}

/** The UUID of who is signed in. For resolvers behind a permission; throws UNAUTHENTICATED for anybody else. */
export function signedInUserId({ viewer }: { readonly viewer: Viewer }): string {
  if (viewer.userId === null) throw requestError('UNAUTHENTICATED', 'Sign in to see or do this.')
  return viewer.userId
}

/** The UUID of the user or the partner that asks. For resolvers behind a scope; throws UNAUTHENTICATED for anybody else. */
export function callerId({ viewer }: { readonly viewer: Viewer }): string {
  if (viewer.id === null || (viewer.kind !== 'user' && viewer.kind !== 'partner'))
    throw requestError('UNAUTHENTICATED', 'Sign in to see or do this.')
  return viewer.id
}

export function guestClaims(
  requestId: string,
  cartToken: string | null = null,
  clientAddress: string | null = null,
): ViewerClaims {
  return { kind: 'guest', id: null, scopes: [], cartToken, sessionId: null, clientAddress, requestId }
}

export function serviceClaims(service: string, requestId: string): ViewerClaims {
  return { kind: 'service', id: service, scopes: [], cartToken: null, sessionId: null, clientAddress: null, requestId }
}

/** `iss` and `aud` of the access tokens that users signs and the gateway verifies. */
export const accessTokenIssuer = 'cartograph:users'
export const accessTokenAudience = 'cartograph:gateway'
/** `typ` of the same (RFC 9068): no other token that users might sign one day passes for one. */
export const accessTokenType = 'at+jwt'

/** How long an access token is good: what a change of roles waits for, and a gateway must remember ended sessions. */
export const accessTokenLifetimeMs = 10 * 60_000
