import type { FetchNode } from '@apollo/query-planner'
import { type GraphQLSchema, isObjectType } from 'graphql'
import { copyOf, type Data, isObject, mergeInto } from './data.ts'
import type { EntityPlace } from './duplicates.ts'
import type { Execution } from './execution.ts'
import type { PlacedFetch } from './placed-fetches.ts'
import { objectsAt, type PlacePath, placesOf } from './places.ts'
import { compileRepresentation, type FindEntities, type WantedEntity } from './representation.ts'
import { rewrite } from './rewrites.ts'
import type { SubgraphError } from './subgraph-transport.ts'

/** A fetch of entities, for the objects at one path of what was fetched before. */
export class EntityFetch {
  readonly path: PlacePath
  /** Where what it answers may hold an entity many times over. */
  readonly entityPlaces: readonly EntityPlace[]
  readonly #schema: GraphQLSchema
  readonly #node: FetchNode
  readonly #findEntities: FindEntities
  readonly #wantedKey: string
  readonly #sharesNothing: boolean

  /**
   * `sharesNothing` says that another fetch completes objects within these entities, so that what was fetched once for
   * several places must be theirs to change.
   */
  constructor(
    schema: GraphQLSchema,
    { node, path }: PlacedFetch,
    options: { sharesNothing: boolean; entityPlaces: readonly EntityPlace[] },
  ) {
    this.path = path
    this.entityPlaces = options.entityPlaces
    this.#schema = schema
    this.#node = node
    this.#findEntities = compileRepresentation(schema, node)
    this.#wantedKey = JSON.stringify([path, node.requires, node.inputRewrites])
    this.#sharesNothing = options.sharesNothing
  }

  /** The entities that the objects at its path are. */
  wanted(execution: Execution): readonly WantedEntity[] {
    return execution.remembered(this.#wantedKey, () => this.#findEntities(objectsAt([execution.data], this.path)))
  }

  /** Merges `entity`, as its subgraph answered it, into all that is that entity. */
  take({ shared }: Execution, [first, ...others]: readonly Data[], entity: unknown): void {
    if (!isObject(entity)) return
    if (this.#node.outputRewrites) {
      entity['__typename'] ??= first!['__typename']
      rewrite(this.#schema, this.#node.outputRewrites, entity)
    }
    this.#keepType(first!, entity)
    if (this.#sharesNothing) {
      for (const object of others) mergeInto(object, copyOf(entity))
    } else if (others.length > 0) {
      for (const key in entity) {
        const value = entity[key]
        if (typeof value === 'object' && value !== null) shared.add(value)
      }
      for (const object of others) mergeInto(object, entity)
    }
    mergeInto(first!, entity)
  }

  /** A subgraph that knows only an interface, as an interface object, must not hide which of its types the entity is. */
  #keepType({ __typename: known }: Data, entity: Data): void {
    const told = entity['__typename']
    if (told !== undefined && told !== known && this.#isObjectType(known) && !this.#isObjectType(told))
      delete entity['__typename']
  }

  #isObjectType(name: unknown): boolean {
    return typeof name === 'string' && isObjectType(this.#schema.getType(name))
  }

  /** An error of one entity belongs in every place that the entity stands in. */
  fail(execution: Execution, objects: readonly Data[], error: SubgraphError): void {
    const below = (error.path ?? []).slice(2)
    for (const place of placesOf(execution.data, this.path, new Set(objects)))
      execution.fail(this.#node.serviceName, error, [...place, ...below])
  }
}
