import {
  getNamedType,
  type GraphQLOutputType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { compositesOf, directivesOf, fieldSetOf, possibleTypes, type SubgraphDefinition } from './definitions.ts'
import type { Family } from './families.ts'

/** What all subgraphs together say of one field of one concrete type. */
export interface FieldFacts {
  readonly namedType: string
  /** How many lists are around the named type. */
  readonly lists: number
  /** From the outside in: whether any subgraph says that there is no null. */
  readonly nonNull: boolean[]
  /** Concrete types that every subgraph with this field knows; empty for a leaf. */
  targets: readonly string[]
  /** It identifies the entity, so its value is its own. */
  isKey: boolean
  /** Some other field requires it. */
  isRequired: boolean
  /** What a subgraph wants to be told before it resolves the field. */
  requires?: SelectionSetNode
}

export type FactsByType = Map<string, Map<string, FieldFacts>>

/** Facts of every field of every concrete type of the subgraphs. */
export function fieldFactsOf(
  subgraphs: readonly SubgraphDefinition[],
  families: ReadonlyMap<string, Family>,
): FactsByType {
  const facts: FactsByType = new Map()
  const members = new Map([...families].map(([name, family]) => [name, family.members]))
  for (const { schema } of subgraphs) {
    for (const type of compositesOf(schema)) {
      if (!isObjectType(type)) continue
      for (const concrete of possibleTypes(schema, type.name, members)) {
        const ofType = facts.get(concrete) ?? new Map<string, FieldFacts>()
        facts.set(concrete, ofType)
        for (const field of Object.values(type.getFields())) {
          const named = getNamedType(field.type)
          const found = described(field.type, isCompositeType(named) ? possibleTypes(schema, named.name, members) : [])
          const merged = merge(ofType.get(field.name), found)
          const [requires] = directivesOf(field, 'requires')
          if (requires !== undefined) merged.requires = fieldSetOf(requires)
          ofType.set(field.name, merged)
        }
      }
    }
  }
  for (const { schema } of subgraphs) {
    for (const type of compositesOf(schema)) {
      const concretes = families.get(type.name)?.members ?? [type.name]
      for (const key of directivesOf(type, 'key')) {
        for (const concrete of type.name === families.get(type.name)?.name ? concretes : [type.name]) {
          markKey(facts, concrete, fieldSetOf(key))
        }
      }
    }
  }
  for (const [concrete, fields] of facts) {
    for (const { requires } of fields.values()) if (requires) markRequired(facts, concrete, requires)
  }
  return facts
}

function described(type: GraphQLOutputType, targets: readonly string[]): FieldFacts {
  const nonNull: boolean[] = []
  let lists = 0
  let rest: GraphQLOutputType = type
  for (;;) {
    nonNull.push(isNonNullType(rest))
    if (isNonNullType(rest)) rest = rest.ofType as GraphQLOutputType
    if (!isListType(rest))
      return { namedType: getNamedType(type).name, lists, nonNull, targets, isKey: false, isRequired: false }
    lists += 1
    rest = rest.ofType as GraphQLOutputType
  }
}

function merge(known: FieldFacts | undefined, found: FieldFacts): FieldFacts {
  if (known === undefined) return found
  return {
    ...known,
    nonNull: known.nonNull.map((isNonNull, level) => isNonNull || found.nonNull[level] === true),
    targets: known.targets.filter((target) => found.targets.includes(target)),
  }
}

function markKey(facts: FactsByType, concrete: string, fieldSet: SelectionSetNode): void {
  for (const selection of fieldSet.selections) {
    if (selection.kind !== Kind.FIELD) continue
    const fact = facts.get(concrete)?.get(selection.name.value)
    if (fact === undefined) continue
    fact.isKey = true
    fact.nonNull.fill(true)
    if (selection.selectionSet) for (const target of fact.targets) markKey(facts, target, selection.selectionSet)
  }
}

function markRequired(facts: FactsByType, concrete: string, { selections }: SelectionSetNode): void {
  for (const selection of selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) markRequired(facts, concrete, selection.selectionSet)
    if (selection.kind !== Kind.FIELD) continue
    const fact = facts.get(concrete)?.get(selection.name.value)
    if (fact === undefined) continue
    fact.isRequired = true
    if (selection.selectionSet) for (const target of fact.targets) markRequired(facts, target, selection.selectionSet)
  }
}
