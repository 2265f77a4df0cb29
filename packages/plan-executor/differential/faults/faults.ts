import { hash } from '../world/hash.ts'
import type { Thing } from '../world/thing.ts'

/** How often of 1,000 each kind happens to a field, an entity or a subgraph. All zero: nothing ever fails. */
export interface FaultRates {
  readonly nullField: number
  readonly error: number
  readonly codedError: number
  readonly missingEntity: number
  readonly brokenEntity: number
  readonly lie: number
  readonly subgraphDown: number
}

export const noFaults: FaultRates = {
  nullField: 0,
  error: 0,
  codedError: 0,
  missingEntity: 0,
  brokenEntity: 0,
  lie: 0,
  subgraphDown: 0,
}

/** Within the answer of one subgraph. */
export type ResponsePath = readonly (string | number)[]

export type FieldFault = 'null' | 'error' | 'coded error' | 'lie' | undefined
export type EntityFault = 'missing' | 'broken' | 'breaks all' | undefined
export type SubgraphFault = 'errors' | 'throws' | 'no data' | undefined

/**
 * What goes wrong, as a function of the seed and of where: never of the order of calls, so that any two executors of the
 * same operation meet the same faults.
 */
export class Faults {
  readonly #seed: number
  readonly #rates: FaultRates

  /** A subgraph that would lie says null instead. */
  readonly isNullForLies: boolean

  constructor(seed: number, rates: FaultRates, isNullForLies = false) {
    this.#seed = seed
    this.#rates = rates
    this.isNullForLies = isNullForLies
  }

  get areLies(): boolean {
    return this.#rates.lie > 0
  }

  withNullForLies(): Faults {
    return new Faults(this.#seed, this.#rates, true)
  }

  /**
   * Of a field that an entity was looked up for, the same wherever the entity stands. Of one below the root fields it depends on
   * the place, at which every executor meets it, so that an entity may lack in one place what it has in another.
   */
  ofField(service: string, thing: Thing, fieldName: string, path: ResponsePath): FieldFault {
    const place = path[0]?.toString().startsWith('_entities') ? '' : JSON.stringify(path)
    const drawn = this.#draw(`${service} ${thing.id}.${fieldName} ${place}`)
    const { nullField, error, codedError, lie } = this.#rates
    if (drawn < nullField) return 'null'
    if (drawn < nullField + error) return 'error'
    if (drawn < nullField + error + codedError) return 'coded error'
    return drawn < nullField + error + codedError + lie ? 'lie' : undefined
  }

  ofEntity(service: string, thing: Thing): EntityFault {
    const drawn = this.#draw(`${service} ${thing.id}`)
    const { missingEntity, brokenEntity } = this.#rates
    if (drawn < missingEntity) return 'missing'
    if (drawn >= missingEntity + brokenEntity) return undefined
    // Seldom, since it takes all other entities of the fetch with it.
    return drawn % 3 === 0 ? 'breaks all' : 'broken'
  }

  ofSubgraph(service: string): SubgraphFault {
    const drawn = this.#draw(service)
    if (drawn >= this.#rates.subgraphDown) return undefined
    return (['errors', 'throws', 'no data'] as const)[drawn % 3]
  }

  #draw(text: string): number {
    return hash(`${String(this.#seed)} ${text}`) % 1000
  }
}

/** What the error of a field says; it names the place, so that a path can be held against it. */
export function fieldErrorMessage(service: string, thing: Thing, fieldName: string): string {
  return `${service} cannot resolve ${thing.id}.${fieldName}`
}

export function entityErrorMessage(service: string, thing: Thing): string {
  return `${service} cannot look up ${thing.id}`
}
