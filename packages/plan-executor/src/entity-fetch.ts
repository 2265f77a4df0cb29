import type { FetchNode } from '@apollo/query-planner'
import { type GraphQLSchema, isObjectType } from 'graphql'
import { copyOf, type Data, isObject, mergeInto } from './data.ts'
import { type Execution, malformedAnswer } from './execution.ts'
import { objectsAt, type PlacePath, placesOf } from './places.ts'
import { compileRepresentation, type Represent } from './representation.ts'
import { rewrite } from './rewrites.ts'
import type { SubgraphError } from './subgraph-transport.ts'

/** The entities that a fetch asks for: each once, with all the objects of the answer that are that entity. */
export interface WantedEntities {
  /** JSON texts, all different. */
  readonly representations: readonly string[]
  /** By the index of the representation. */
  readonly objects: readonly (readonly Data[])[]
}

/** A fetch of entities, for the objects at one path of what was fetched before. */
export class EntityFetch {
  readonly service: string
  readonly path: PlacePath
  readonly operation: string
  readonly variableNames: readonly string[]
  readonly #schema: GraphQLSchema
  readonly #node: FetchNode
  readonly #represent: Represent
  readonly #sharesNothing: boolean

  /**
   * `sharesNothing` says that another fetch completes objects within these entities, so that what was fetched once for
   * several places must be theirs to change.
   */
  constructor(schema: GraphQLSchema, node: FetchNode, path: PlacePath, sharesNothing: boolean) {
    this.service = node.serviceName
    this.path = path
    this.operation = node.operation
    this.variableNames = node.variableUsages ?? []
    this.#schema = schema
    this.#node = node
    this.#represent = compileRepresentation(schema, node.requires ?? [], node.inputRewrites ?? [])
    this.#sharesNothing = sharesNothing
  }

  wanted({ data }: Execution): WantedEntities {
    const indexes = new Map<string, number>()
    const objects: Data[][] = []
    for (const object of objectsAt(data, this.path)) {
      const representation = this.#represent(object)
      if (representation === null) continue
      const index = indexes.get(representation)
      if (index === undefined) {
        indexes.set(representation, objects.length)
        objects.push([object])
      } else objects[index]!.push(object)
    }
    return { representations: [...indexes.keys()], objects }
  }

  /** Merges `entities`, which a subgraph answered for `wanted`, into the objects that wanted them. */
  take(execution: Execution, { objects }: WantedEntities, entities: unknown): void {
    if (!Array.isArray(entities) || entities.length !== objects.length) {
      execution.fail(this.service, malformedAnswer(this.service))
      return
    }
    for (const [index, entity] of entities.entries()) {
      if (!isObject(entity)) continue
      if (this.#node.outputRewrites) {
        entity['__typename'] ??= objects[index]![0]!['__typename']
        rewrite(this.#schema, this.#node.outputRewrites, entity)
      }
      this.#keepType(objects[index]![0]!, entity)
      this.#mergeEverywhere(execution, objects[index]!, entity)
    }
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

  #mergeEverywhere({ shared }: Execution, [first, ...others]: readonly Data[], entity: Data): void {
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

  /** An error of one entity belongs in every place that the entity stands in. */
  fail(execution: Execution, { objects }: WantedEntities, error: SubgraphError): void {
    const [, index, ...below] = error.path ?? []
    const failed = typeof index === 'number' ? objects[index] : undefined
    if (!failed) {
      execution.fail(this.service, error)
      return
    }
    for (const place of placesOf(execution.data, this.path, new Set(failed)))
      execution.fail(this.service, error, [...place, ...below])
  }
}
