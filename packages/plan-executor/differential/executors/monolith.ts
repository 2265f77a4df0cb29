import { type DocumentNode, execute, type GraphQLSchema, OperationTypeNode, responsePathAsArray, visit } from 'graphql'
import { resolveType } from '../faults/subgraph-resolvers.ts'
import { isThing, type Thing } from '../world/thing.ts'
import type { World } from '../world/world.ts'
import type { ParsedOperation } from './executor.ts'

export interface MonolithAnswer {
  readonly data: unknown
  readonly errors: readonly string[]
  /** By the path as JSON: every object that the answer has when nothing fails. */
  readonly things: ReadonlyMap<string, Thing>
  /** Of all fields that the document asks for. */
  readonly responseNames: ReadonlySet<string>
}

/** One service that has the whole API schema and never fails: what the operation means, by graphql-js alone. */
export async function monolithAnswer(
  schema: GraphQLSchema,
  world: World,
  { document, operation, operationName, variables }: ParsedOperation,
): Promise<MonolithAnswer> {
  const root = operation.operation === OperationTypeNode.MUTATION ? 'Mutation' : 'Query'
  const things = new Map<string, Thing>([['[]', { type: root, id: root }]])
  const { data, errors } = await execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    typeResolver: resolveType,
    fieldResolver(source, args: Record<string, unknown>, _context, { fieldName, parentType, path }) {
      const thing = isThing(source) ? source : { type: parentType.name, id: parentType.name }
      const value = world.field(thing, fieldName, args)
      noteThings(things, responsePathAsArray(path), value)
      return value
    },
  })
  return {
    data,
    errors: (errors ?? []).map(({ message }) => message),
    things,
    responseNames: responseNamesOf(document),
  }
}

function responseNamesOf(document: DocumentNode): Set<string> {
  const names = new Set<string>()
  visit(document, { Field: ({ alias, name }) => void names.add((alias ?? name).value) })
  return names
}

function noteThings(things: Map<string, Thing>, path: readonly (string | number)[], value: unknown): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) noteThings(things, [...path, index], item)
  } else if (isThing(value)) {
    things.set(JSON.stringify(path), value)
  }
}
