import { copyOf, type Data, isObject } from './data.ts'
import { unifyDuplicates } from './duplicates.ts'
import type { EntityFetch } from './entity-fetch.ts'
import { type Execution, malformedAnswer } from './execution.ts'
import type { WantedEntity } from './representation.ts'
import type { SubgraphError } from './subgraph-transport.ts'

/** All objects of one fetch that are the same entity. */
interface Taker {
  readonly fetch: EntityFetch
  readonly objects: readonly Data[]
}

/**
 * What fetches with the same operation ask a subgraph for: each entity once, whichever of the fetches want it, and whom its
 * answer goes to.
 */
export class Batch {
  readonly #indexes = new Map<string, number>()
  readonly #takers: Taker[][] = []

  get size(): number {
    return this.#takers.length
  }

  /** JSON texts, all different. */
  get representations(): string {
    return [...this.#indexes.keys()].join()
  }

  add(fetch: EntityFetch, wanted: readonly WantedEntity[]): void {
    for (const { representation, objects } of wanted) {
      const index = this.#indexes.get(representation)
      if (index === undefined) {
        this.#indexes.set(representation, this.#takers.length)
        this.#takers.push([{ fetch, objects }])
      } else this.#takers[index]!.push({ fetch, objects })
    }
  }

  /** Merges `entities`, what the subgraph answered, into the objects that wanted them. */
  take(execution: Execution, service: string, entities: unknown): void {
    if (!Array.isArray(entities) || entities.length !== this.#takers.length) {
      execution.fail(service, malformedAnswer(service))
      return
    }
    const [taker] = this.#takers[0]!
    unifyDuplicates(entities.filter(isObject), taker!.fetch.entityPlaces, execution.shared)
    for (let index = 0; index < entities.length; index += 1) {
      const [first, ...others] = this.#takers[index]!
      const entity: unknown = entities[index]
      // What two fetches share, each of them may go on to complete in its own way.
      for (const { fetch, objects } of others) fetch.take(execution, objects, copyOf(entity))
      first!.fetch.take(execution, first!.objects, entity)
    }
  }

  /** An error of one entity is one of all that wanted it, any other is one of the whole. */
  fail(execution: Execution, service: string, error: SubgraphError): void {
    const index = error.path?.[1]
    const takers = typeof index === 'number' ? this.#takers[index] : undefined
    if (!takers) execution.fail(service, error)
    else for (const { fetch, objects } of takers) fetch.fail(execution, objects, error)
  }
}
