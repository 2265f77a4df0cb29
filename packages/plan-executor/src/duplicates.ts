import type { GraphQLSchema } from 'graphql'
import type { Data } from './data.ts'
import { objectPathsOf, type PlacedFetch } from './placed-fetches.ts'
import { objectsAt, type PlacePath, replaceAt } from './places.ts'
import { compileRepresentation, type FindEntities } from './representation.ts'

/** Where an answer may hold the same entity many times over, and how entities are told apart there. */
export interface EntityPlace {
  /** From what the fetch answers: an object of root fields, or an entity. */
  readonly path: PlacePath
  readonly find: FindEntities
}

/** The places within what `fetch` answers at which other fetches of its plan complete entities, the deepest first. */
export function entityPlacesOf(
  schema: GraphQLSchema,
  fetch: PlacedFetch,
  fetches: readonly PlacedFetch[],
): readonly EntityPlace[] {
  const answered = objectPathsOf(fetch)
  const places = new Map<string, EntityPlace>()
  for (const { node, path } of fetches) {
    const isBelow = path.length > fetch.path.length && fetch.path.every((element, depth) => element === path[depth])
    const below = path.slice(fetch.path.length)
    if (!node.requires || !isBelow || !answered.has(path.filter((element) => element !== '@').join(' '))) continue
    if (!places.has(below.join(' ')))
      places.set(below.join(' '), { path: below, find: compileRepresentation(schema, node) })
  }
  return [...places.values()].sort((one, other) => other.path.length - one.path.length)
}

/**
 * Makes what `roots` say of an entity several times over, in the very same words, one object in all its places: what comes
 * after then looks at it, completes it and writes it once. Such objects are added to `shared`.
 */
export function unifyDuplicates(roots: readonly Data[], places: readonly EntityPlace[], shared: Set<unknown>): void {
  for (const { path, find } of places) {
    const replacements = new Map<unknown, unknown>()
    for (const { objects } of find(objectsAt(roots, path))) {
      const [first, ...others] = objects
      for (const other of others) if (isSame(first, other)) replacements.set(other, first)
    }
    if (replacements.size === 0) continue
    replaceAt(roots, path, replacements)
    for (const object of replacements.values()) shared.add(object)
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isSame(item, other[index]))
    )
  }
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame((one as Data)[key], (other as Data)[key]))
  )
}
