import type { GraphQLSchema } from 'graphql'
import { type Data, isObject } from './data.ts'
import { objectPathsOf, type PlacedFetch } from './placed-fetches.ts'
import type { PlacePath } from './places.ts'
import { compileIdentity, type Identity } from './representation.ts'

/** Where an answer may hold the same entity many times over, and how entities are told apart there. */
export interface EntityPlace {
  /** From what the fetch answers: an object of root fields, or an entity. */
  readonly path: PlacePath
  readonly identity: Identity
}

/** Of the names that every object inherits the one under which it inherits an object. */
const inheritedObject = '__proto__'

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
    // What stands there is not always an object's own, and need not be looked for.
    if (below.includes(inheritedObject)) continue
    if (!node.requires || !isBelow || !answered.has(path.filter((element) => element !== '@').join(' '))) continue
    if (!places.has(below.join(' ')))
      places.set(below.join(' '), { path: below, identity: compileIdentity(schema, node) })
  }
  return [...places.values()].sort((one, other) => other.path.length - one.path.length)
}

/**
 * Makes what `roots` say of an entity several times over, in the very same words, one object in all its places: what comes
 * after then looks at it, completes it and writes it once. Such objects are added to `shared`.
 */
export function unifyDuplicates(roots: readonly Data[], places: readonly EntityPlace[], shared: Set<unknown>): void {
  for (const { path, identity } of places) {
    const firsts = new Firsts(identity, shared)
    for (const root of roots) unifyBelow(root, path, 0, firsts)
  }
}

/** An answer can hold thousands of objects, most of them once: nothing is made of the way to them. */
function unifyBelow(holder: unknown, path: PlacePath, depth: number, firsts: Firsts): void {
  const element = path[depth]!
  const isLast = depth === path.length - 1
  if (element === '@') {
    if (!Array.isArray(holder)) return
    for (let index = 0; index < holder.length; index += 1) {
      const item: unknown = holder[index]
      if (!isLast) unifyBelow(item, path, depth + 1, firsts)
      else if (isObject(item)) holder[index] = firsts.of(item)
    }
  } else if (isObject(holder)) {
    const value = holder[element]
    if (!isLast) unifyBelow(value, path, depth + 1, firsts)
    else if (isObject(value)) holder[element] = firsts.of(value)
  }
}

/** The objects that were the first of their entities at a place. */
class Firsts {
  readonly #identity: Identity
  readonly #shared: Set<unknown>
  readonly #byType = new Map<unknown, Map<unknown, Data>>()

  constructor(identity: Identity, shared: Set<unknown>) {
    this.#identity = identity
    this.#shared = shared
  }

  /** The first object of the entity that `object` is, where both say the same; otherwise `object` itself. */
  of(object: Data): Data {
    const identity = this.#identity(object)
    if (identity === undefined) return object
    const typeName = object['__typename']
    let firsts = this.#byType.get(typeName)
    if (!firsts) this.#byType.set(typeName, (firsts = new Map<unknown, Data>()))
    const first = firsts.get(identity)
    if (first === undefined) firsts.set(identity, object)
    if (first === undefined || first === object || !isSame(first, object)) return object
    this.#shared.add(first)
    return first
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    for (let index = 0; index < one.length; index += 1) if (!isSame(one[index], other[index])) return false
    return true
  }
  let keys = 0
  for (const key in one) {
    if (key === inheritedObject || !isSame((one as Data)[key], (other as Data)[key])) return false
    keys += 1
  }
  for (const _ in other) keys -= 1
  return keys === 0
}
