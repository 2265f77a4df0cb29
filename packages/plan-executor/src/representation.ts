import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { type Data, isObject, mergeInto, own } from './data.ts'
import { isOfType, rewrite } from './rewrites.ts'

/** The JSON text by which a subgraph is asked for an entity, or null where the object lacks what that takes. */
export type Represent = (entity: Data) => string | null

/**
 * Compiles what a fetch requires of an entity. What it takes is found once for each type of entity: for most, a key of a
 * few scalars, whose text is put together without an object in between.
 */
export function compileRepresentation(
  schema: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  inputRewrites: readonly FetchDataRewrite[],
): Represent {
  const ofType = new Map<unknown, Represent>()
  return (entity) => {
    const typeName = entity['__typename']
    let represent = ofType.get(typeName)
    if (!represent) {
      represent = compileForType(schema, requires, inputRewrites, typeName)
      // A subgraph that invents types must not fill the memory.
      if (typeof typeName === 'string' && schema.getType(typeName)) ofType.set(typeName, represent)
    }
    return represent(entity)
  }
}

function compileForType(
  schema: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  inputRewrites: readonly FetchDataRewrite[],
  typeName: unknown,
): Represent {
  const applying = requires.filter(
    (selection) =>
      selection.kind === 'InlineFragment' &&
      selection.typeCondition !== undefined &&
      typeof typeName === 'string' &&
      isOfType(schema, typeName, selection.typeCondition),
  )
  const [only] = applying
  if (inputRewrites.length === 0 && applying.length === 1 && only?.kind === 'InlineFragment') {
    const keys = only.selections.map((selection) => (selection.kind === 'Field' ? scalarKey(selection) : null))
    if (keys.includes('__typename') && keys.every((key) => key !== null)) return flatRepresentation(keys)
  }
  return (entity) => {
    const representation = select(schema, requires, entity)
    if (!representation?.['__typename']) return null
    rewrite(schema, inputRewrites, representation)
    return JSON.stringify(representation)
  }
}

type FieldSelection = Extract<QueryPlanSelectionNode, { kind: 'Field' }>

function scalarKey({ name, alias, selections }: FieldSelection): string | null {
  return selections ? null : (alias ?? name)
}

function flatRepresentation(keys: readonly string[]): Represent {
  const fields = keys.map((key, index) => ({ key, prefix: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:` }))
  return (entity) => {
    let text = ''
    for (const { key, prefix } of fields) {
      const value = own(entity, key)
      if (value === undefined) return null
      text += prefix + JSON.stringify(value)
    }
    return text + '}'
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
