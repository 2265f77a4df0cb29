import type { FetchDataRewrite } from '@apollo/query-planner'
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql'
import { type Data, isObject, own } from './data.ts'

/** Whether an object of the type `typeName` is one of `condition`; false for what `schema` does not know. */
export function isOfType(schema: GraphQLSchema, typeName: string, condition: string): boolean {
  if (typeName === condition) return true
  const type = schema.getType(typeName)
  const conditional = schema.getType(condition)
  return (
    isAbstractType(conditional) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(conditional, type)
  )
}

/** Applies what a plan says to rename or to set in `value`, an object that was sent or answered, in place. */
export function rewrite(schema: GraphQLSchema, rewrites: readonly FetchDataRewrite[], value: unknown): void {
  for (const one of rewrites) rewriteAt(schema, one, one.path, value)
}

const typeCondition = '... on '

function rewriteAt(schema: GraphQLSchema, one: FetchDataRewrite, path: readonly string[], value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(schema, one, path, item)
    return
  }
  const [first, ...rest] = path
  if (first === undefined || !isObject(value)) return
  if (first.startsWith(typeCondition)) {
    const typeName = value['__typename']
    if (typeof typeName !== 'string' || isOfType(schema, typeName, first.slice(typeCondition.length)))
      rewriteAt(schema, one, rest, value)
  } else if (rest.length > 0) rewriteAt(schema, one, rest, own(value, first))
  else if (one.kind === 'ValueSetter') value[first] = one.setValueTo
  else renameKey(value, first, one.renameKeyTo)
}

function renameKey(object: Data, from: string, to: string): void {
  const value = own(object, from)
  if (value === undefined) return
  delete object[from]
  object[to] = value
}
