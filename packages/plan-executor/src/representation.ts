import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { type Data, isObject, mergeInto, own } from './data.ts'
import { quoted } from './leaf-values.ts'
import { isOfType, rewrite } from './rewrites.ts'

/** An entity that a subgraph is asked for, and all objects of the answer that are that entity. */
export interface WantedEntity {
  /** JSON text of what it is asked by; of no two entities the same. */
  readonly representation: string
  readonly objects: Data[]
}

/** Finds the entities that objects are. */
export type FindEntities = (objects: readonly Data[]) => WantedEntity[]

/** Adds `object` to the entity of `entities` that it is, to a new one, or nowhere when it lacks what that takes. */
type Sort = (object: Data, entities: WantedEntity[]) => void

/**
 * Compiles what a fetch requires of an entity. How to tell entities of a type apart is found once: for most by a key of a
 * few scalars, of which the text is only made for the first object of each.
 */
export function compileRepresentation(schema: GraphQLSchema, node: FetchNode): FindEntities {
  const keysOf = scalarKeys(schema, node)
  const sortOf = (typeName: unknown): Sort => {
    const keys = keysOf(typeName)
    return keys ? byKeys(keys) : byText(schema, node)
  }
  return (objects) => {
    const entities: WantedEntity[] = []
    const sorts = new Map<unknown, Sort>()
    for (const object of objects) {
      const typeName = object['__typename']
      let sort = sorts.get(typeName)
      if (!sort) sorts.set(typeName, (sort = sortOf(typeName)))
      sort(object, entities)
    }
    return entities
  }
}

/**
 * What tells an object from those of other entities of its type; undefined where a fetch requires more of it than scalars, or
 * what it lacks.
 */
export type Identity = (object: Data) => unknown

/** Compiles what tells the entities of a fetch apart, without a representation of each. */
export function compileIdentity(schema: GraphQLSchema, node: FetchNode): Identity {
  const keysOf = scalarKeys(schema, node)
  return (object) => {
    const telling = keysOf(object['__typename'])?.telling
    if (!telling) return undefined
    if (telling.length === 1) return scalarOf(own(object, telling[0]!))
    const values = telling.map((key) => scalarOf(own(object, key)))
    return values.includes(undefined) ? undefined : JSON.stringify(values)
  }
}

function scalarOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? undefined : value
}

/** The keys of which the representation of a type is made. */
interface ScalarKeys {
  readonly all: readonly string[]
  /** Those besides the type. */
  readonly telling: readonly string[]
}

/** Finds the keys of a type, once for each; null when not all of them are scalars that stand as they are. */
function scalarKeys(schema: GraphQLSchema, node: FetchNode): (typeName: unknown) => ScalarKeys | null {
  const keysOfType = new Map<unknown, ScalarKeys | null>()
  return (typeName) => {
    let keys = keysOfType.get(typeName)
    if (keys === undefined) {
      keys = scalarKeysOf(schema, node, typeName)
      // A subgraph that invents types must not fill the memory.
      if (typeof typeName === 'string' && schema.getType(typeName)) keysOfType.set(typeName, keys)
    }
    return keys
  }
}

function scalarKeysOf(
  schema: GraphQLSchema,
  { requires = [], inputRewrites }: FetchNode,
  typeName: unknown,
): ScalarKeys | null {
  if (typeof typeName !== 'string' || inputRewrites) return null
  const [only, ...others] = requires.filter(
    (selection) =>
      selection.kind === 'InlineFragment' &&
      selection.typeCondition !== undefined &&
      isOfType(schema, typeName, selection.typeCondition),
  )
  if (only?.kind !== 'InlineFragment' || others.length > 0) return null
  const all = only.selections.flatMap((selection) =>
    selection.kind === 'Field' && !selection.selections ? [selection.alias ?? selection.name] : [],
  )
  if (all.length !== only.selections.length || !all.includes('__typename')) return null
  return { all, telling: all.filter((key) => key !== '__typename') }
}

type Branches = Map<unknown, Branches | WantedEntity>

/** For objects of one type: a tree by the values of the keys, of which most have only one besides the type. */
function byKeys(keys: ScalarKeys): Sort {
  const telling = keys.telling.slice(0, -1)
  const last = keys.telling.at(-1)
  const root: Branches = new Map()
  return (object, entities) => {
    let branches = root
    for (const key of telling) {
      const value = own(object, key)
      if (value === undefined) return
      let next = branches.get(identityOf(value)) as Branches | undefined
      if (!next) branches.set(identityOf(value), (next = new Map()))
      branches = next
    }
    const value = last === undefined ? '' : own(object, last)
    if (value === undefined) return
    const identity = identityOf(value)
    const known = branches.get(identity) as WantedEntity | undefined
    if (known) {
      known.objects.push(object)
      return
    }
    const members = keys.all.map((key) => `${JSON.stringify(key)}:${valueText(own(object, key))}`)
    const entity = { representation: `{${members.join()}}`, objects: [object] }
    branches.set(identity, entity)
    entities.push(entity)
  }
}

/** Objects can be values of scalars, too. */
function identityOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value)
}

function byText(schema: GraphQLSchema, { requires = [], inputRewrites = [] }: FetchNode): Sort {
  const byRepresentation = new Map<string, WantedEntity>()
  return (object, entities) => {
    const selected = select(schema, requires, object)
    if (!selected?.['__typename']) return
    rewrite(schema, inputRewrites, selected)
    const representation = JSON.stringify(selected)
    const known = byRepresentation.get(representation)
    if (known) {
      known.objects.push(object)
      return
    }
    const entity = { representation, objects: [object] }
    byRepresentation.set(representation, entity)
    entities.push(entity)
  }
}

/** What `selections` take of `source`: null where it lacks a field; a fragment that lacks one contributes nothing. */
function select(schema: GraphQLSchema, selections: readonly QueryPlanSelectionNode[], source: Data): Data | null {
  const selected: Data = {}
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name
      const value = own(source, key)
      if (value === undefined) return null
      selected[key] = selection.selections ? selectFrom(schema, selection.selections, value) : value
    } else if (selection.typeCondition !== undefined) {
      const typeName = source['__typename']
      if (typeof typeName !== 'string' || !isOfType(schema, typeName, selection.typeCondition)) continue
      const inner = select(schema, selection.selections, source)
      if (inner) mergeInto(selected, inner)
    }
  }
  return selected
}

function selectFrom(schema: GraphQLSchema, selections: readonly QueryPlanSelectionNode[], value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => selectFrom(schema, selections, item))
  return isObject(value) ? select(schema, selections, value) : null
}
