import { type Role, type Scope, scopesOfRoles } from '@cartograph/viewer'

/** Where whoever has a staff role must sign in to have its scopes: anywhere, or at a provider of OpenID Connect. */
export type StaffSignIn = 'anywhere' | 'provider'

/**
 * What a session may do: the scopes of all roles, or none in one that was opened by password where staff must sign in at
 * a provider, which can ask for a second factor (ASVS 6.3.3). Such a session is a customer's, and stays one.
 */
export function sessionScopes(roles: readonly Role[], provider: string | null, staffSignIn: StaffSignIn): Scope[] {
  return staffSignIn === 'provider' && provider === null ? [] : scopesOfRoles(roles)
}
