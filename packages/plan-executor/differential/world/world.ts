import {
  type ArgumentNode,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import { directivesOf, fieldSetOf, type SubgraphDefinition } from './definitions.ts'
import { familiesOf, type Family, familySize } from './families.ts'
import { type FactsByType, type FieldFacts, fieldFactsOf } from './field-facts.ts'
import { canonical, chosen, hash } from './hash.ts'
import { commonEnumValues, keyValue, leafValue } from './leaf-values.ts'
import { isThing, type Thing } from './thing.ts'

type Arguments = Readonly<Record<string, unknown>>

/**
 * What is true of all entities: the value of a field is a function of the entity, the field and its arguments, so every
 * subgraph says the same of it, and so does a monolith. Built from nothing but the subgraphs' schemas.
 */
export class World {
  readonly families: ReadonlyMap<string, Family>
  readonly #facts: FactsByType
  readonly #enumValues: ReadonlyMap<string, readonly string[]>
  readonly #entityOfKey = new Map<string, Map<string, Thing>>()
  readonly #schemas: readonly GraphQLSchema[]

  readonly #isAlwaysTruthy: boolean

  constructor(subgraphs: readonly SubgraphDefinition[], isAlwaysTruthy: boolean) {
    this.#isAlwaysTruthy = isAlwaysTruthy
    this.#schemas = subgraphs.map(({ schema }) => schema)
    this.families = familiesOf(subgraphs)
    this.#facts = fieldFactsOf(subgraphs, this.families)
    this.#enumValues = commonEnumValues(this.#schemas)
  }

  /**
   * The value of a field: a leaf, a thing, null, or a list of these. `required` is the text of what the field requires,
   * where a representation brought it; without it the world's own.
   */
  field(thing: Thing, fieldName: string, args: Arguments, required?: string): unknown {
    const facts = this.#factsOf(thing, fieldName)
    const needed = facts.requires && (required ?? JSON.stringify(this.select(facts.requires, thing)))
    const seed = `${thing.id}.${fieldName}(${canonical(args)})${needed ?? ''}`
    return this.#value(facts, 0, seed, thing)
  }

  /** What a field requires, taken from the representation; undefined when the field requires nothing. */
  required(thing: Thing, fieldName: string): string | undefined {
    const { requires } = this.#factsOf(thing, fieldName)
    return requires && thing.given && JSON.stringify(this.#pick(requires, thing.given))
  }

  /** Whether a representation may bring the field to a subgraph. */
  isRepresented(thing: Thing, fieldName: string): boolean {
    const { isKey, isRequired } = this.#factsOf(thing, fieldName)
    return isKey || isRequired
  }

  requiresAnything(thing: Thing, fieldName: string): boolean {
    return this.#factsOf(thing, fieldName).requires !== undefined
  }

  /** The entity that has the key which the representation brings: one that `schema` resolves. Undefined without one. */
  entity(
    schema: GraphQLSchema,
    typeName: string,
    representation: Readonly<Record<string, unknown>>,
  ): Thing | undefined {
    const family = this.families.get(typeName)
    const type = schema.getType(typeName)
    if (!family || (!isObjectType(type) && !isInterfaceType(type))) return undefined
    for (const directive of directivesOf(type, 'key')) {
      if (directive.arguments?.some(({ name, value }) => name.value === 'resolvable' && !valueFromASTUntyped(value)))
        continue
      const key = fieldSetOf(directive)
      const names = key.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []))
      if (!names.every((name) => Object.hasOwn(representation, name))) continue
      return this.#entitiesByKey(family, key).get(JSON.stringify(this.#pick(key, representation)))
    }
    return undefined
  }

  /** What a selection gives, as JSON, without aliases. */
  select(selectionSet: SelectionSetNode, thing: Thing): Record<string, unknown> {
    const result: Record<string, unknown> = {}
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const value = this.field(thing, selection.name.value, argumentsOf(selection.arguments))
        result[selection.name.value] = this.#selectWithin(selection.selectionSet, value)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value
        if (condition === undefined || this.isOfType(thing.type, condition)) {
          Object.assign(result, this.select(selection.selectionSet, thing))
        }
      }
    }
    return result
  }

  /** Whether a concrete type is, implements or is a member of the other. */
  isOfType(concrete: string, other: string): boolean {
    if (concrete === other || this.families.get(other)?.members.includes(concrete)) return true
    return this.#schemas.some((schema) => {
      const [type, abstract] = [schema.getType(concrete), schema.getType(other)]
      return isObjectType(type) && isAbstractType(abstract) && schema.isSubType(abstract, type)
    })
  }

  /** An entity of a family by its number. */
  member(family: Family, number: number): Thing {
    const type = family.members[number % family.members.length]
    if (type === undefined) throw new Error(`${family.name} has no members`)
    return { type, id: `${family.name}:${String(number)}`, number }
  }

  #selectWithin(selectionSet: SelectionSetNode | undefined, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#selectWithin(selectionSet, item))
    return selectionSet && isThing(value) ? this.select(selectionSet, value) : value
  }

  /** The same selection from what a representation says. */
  #pick(selectionSet: SelectionSetNode, given: unknown): unknown {
    if (Array.isArray(given)) return given.map((item) => this.#pick(selectionSet, item))
    if (typeof given !== 'object' || given === null) return given
    const source = given as Record<string, unknown>
    const result: Record<string, unknown> = {}
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const value = source[selection.name.value]
        result[selection.name.value] = selection.selectionSet ? this.#pick(selection.selectionSet, value) : value
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value
        if (this.#mayBe(source, condition, selection.selectionSet)) {
          Object.assign(result, this.#pick(selection.selectionSet, given))
        }
      }
    }
    return result
  }

  /** A representation need not say the type of what it has within; then what it brings tells. */
  #mayBe(
    source: Readonly<Record<string, unknown>>,
    condition: string | undefined,
    { selections }: SelectionSetNode,
  ): boolean {
    if (condition === undefined) return true
    if (typeof source['__typename'] === 'string') return this.isOfType(source['__typename'], condition)
    return selections.every((selection) => selection.kind !== Kind.FIELD || Object.hasOwn(source, selection.name.value))
  }

  #factsOf(thing: Thing, fieldName: string): FieldFacts {
    const facts = this.#facts.get(thing.type)?.get(fieldName)
    if (!facts) throw new Error(`No subgraph has ${thing.type}.${fieldName}`)
    return facts
  }

  #value(facts: FieldFacts, level: number, seed: string, parent: Thing): unknown {
    if (!facts.nonNull[level] && hash(`null ${seed}`) % 8 === 0) return null
    if (level < facts.lists) {
      const length = hash(`length ${seed}`) % 4
      return Array.from({ length }, (_item, index) =>
        this.#value(facts, level + 1, `${seed}[${String(index)}]`, parent),
      )
    }
    if (facts.targets.length > 0) return this.#object(facts, seed, parent)
    const isOfKey = facts.isKey && parent.number !== undefined
    if (isOfKey) return keyValue(facts.namedType, seed, parent.number)
    const value = leafValue(facts.namedType, seed, this.#enumValues)
    return this.#isAlwaysTruthy && !value ? truthyInstead(value) : value
  }

  #object(facts: FieldFacts, seed: string, parent: Thing): Thing {
    const candidates = facts.targets.flatMap((target): Thing[] => {
      const family = this.families.get(target)
      if (!family)
        return [{ type: target, id: `${target}<${seed}>`, ...(facts.isKey && { number: parent.number ?? 0 }) }]
      return Array.from({ length: familySize }, (_, number) => this.member(family, number)).filter(
        ({ type, number }) => type === target && (!facts.isKey || number === parent.number),
      )
    })
    return chosen(`which ${seed}`, candidates)
  }

  #entitiesByKey(family: Family, key: SelectionSetNode): Map<string, Thing> {
    const name = `${family.name} ${JSON.stringify(key, (part, value: unknown) => (part === 'loc' ? undefined : value))}`
    const known = this.#entityOfKey.get(name)
    if (known) return known
    const entities = new Map<string, Thing>()
    for (let number = 0; number < familySize; number++) {
      const thing = this.member(family, number)
      const hasKey = key.selections.every(
        (selection) => selection.kind !== Kind.FIELD || this.#facts.get(thing.type)?.has(selection.name.value),
      )
      if (hasKey) entities.set(JSON.stringify(this.select(key, thing)), thing)
    }
    this.#entityOfKey.set(name, entities)
    return entities
  }
}

function truthyInstead(value: unknown): unknown {
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 1 : true
}

function argumentsOf(nodes: readonly ArgumentNode[] | undefined): Arguments {
  return Object.fromEntries((nodes ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]))
}
