import type { Scope, ViewerClaims } from '@cartograph/viewer'

/** The header with which a client asks to be told how its operation was run: the plan, the trace, the cost, the fields. */
export const insightHeader = 'cartograph-insight'

const scope: Scope = 'insight:read'

/**
 * Whether a client that asks how its operation was run is told. Where there is a playground everybody is, for it is a
 * developer's; elsewhere, only who has the scope.
 */
export function mayInspect({ scopes }: Pick<ViewerClaims, 'scopes'>, hasPlayground: boolean): boolean {
  return hasPlayground || scopes.includes(scope)
}
