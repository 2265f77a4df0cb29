import type { Restriction } from '@cartograph/plan-executor'
import { DeclaredPermissions, type DeclaredPermission, permissionRefusal, type ViewerClaims } from '@cartograph/viewer'
import { GraphQLError } from 'graphql'
import { LRUCache } from 'lru-cache'
import { allowedDocument } from './allowed-document.ts'

/** Sets of scopes that are remembered; a shop has a handful of roles. */
const mostRestrictions = 100

/**
 * What viewers may not see by the permissions of a supergraph. What a viewer lacks a permission for is neither planned nor
 * fetched: it is null in the answer, with an error that names it. Subgraphs enforce the same again.
 */
export class PermissionRestrictions {
  #permissions = new DeclaredPermissions('type Query { _: Boolean }')
  readonly #ofGrant = new LRUCache<string, Restriction>({ max: mostRestrictions })

  /** From now on `supergraphSdl`, directives and all, is what declares the permissions. */
  declare(supergraphSdl: string): void {
    this.#permissions = new DeclaredPermissions(supergraphSdl)
    this.#ofGrant.clear()
  }

  /** What applies to a field of an object; all of it must be granted. */
  ofField(typeName: string, fieldName: string): readonly DeclaredPermission[] {
    return this.#permissions.ofField(typeName, fieldName)
  }

  of(viewer: ViewerClaims): Restriction {
    const key = `${viewer.kind} ${viewer.scopes.toSorted().join(' ')}`
    const known = this.#ofGrant.get(key)
    if (known) return known
    const isRefused = this.#permissions.refusalsOf(viewer)
    const restriction: Restriction = {
      key,
      isRefused,
      allowed: (schema, document) => allowedDocument(schema, document, isRefused),
      refusal: (path) => {
        const { message, extensions } = permissionRefusal(viewer)
        return new GraphQLError(message, { path, extensions })
      },
    }
    this.#ofGrant.set(key, restriction)
    return restriction
  }
}
