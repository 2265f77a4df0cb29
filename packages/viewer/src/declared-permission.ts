import { requestError } from '@cartograph/error-catalogue'
import { type DirectiveNode, type GraphQLError, Kind } from 'graphql'
import type { ViewerClaims } from './viewer.ts'

/** What a permission is granted by. */
export type Grantee = Pick<ViewerClaims, 'kind' | 'scopes'>

/** One directive of the schema that restricts what it stands on. */
export interface DeclaredPermission {
  /** The same for declarations that ask for the same. */
  readonly name: string
  /** The sets of scopes of which one must be held whole; null where being signed in is asked for instead. */
  readonly scopes: readonly (readonly string[])[] | null
  isGranted(viewer: Grantee): boolean
}

/**
 * What @authenticated and @requiresScopes ask for among `directives`; all of it must be granted. The one reading of
 * both, for the gateway and for the subgraphs:
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives
 */
export function declaredPermissions(directives: readonly DirectiveNode[] | undefined): DeclaredPermission[] {
  return (directives ?? []).flatMap((directive) => {
    if (directive.name.value === 'authenticated') return [authenticated]
    if (directive.name.value === 'requiresScopes') return [requiresScopes(scopesArgument(directive))]
    return []
  })
}

/** The error of somebody who lacks a permission: a guest may sign in, anybody else can do nothing about it. */
export function permissionRefusal(viewer: Pick<ViewerClaims, 'kind'>): GraphQLError {
  return viewer.kind === 'guest'
    ? requestError('UNAUTHENTICATED', 'Sign in to see or do this.')
    : requestError('FORBIDDEN', 'You may not see or do this.')
}

const authenticated: DeclaredPermission = {
  name: 'authenticated',
  scopes: null,
  isGranted: ({ kind }) => kind === 'user',
}

function requiresScopes(alternatives: readonly (readonly string[])[]): DeclaredPermission {
  return {
    name: `requiresScopes ${JSON.stringify(alternatives)}`,
    scopes: alternatives,
    isGranted: (viewer) => alternatives.some((scopes) => scopes.every((scope) => viewer.scopes.includes(scope))),
  }
}

/** The sets of scopes of `@requiresScopes(scopes: [["a", "b"], ["c"]])`: all of one set are needed. */
function scopesArgument(directive: DirectiveNode): string[][] {
  const value = directive.arguments?.find((argument) => argument.name.value === 'scopes')?.value
  const lists = value?.kind === Kind.LIST ? value.values : []
  return lists.map((list) =>
    (list.kind === Kind.LIST ? list.values : [list]).flatMap((scope) =>
      scope.kind === Kind.STRING ? [scope.value] : [],
    ),
  )
}
