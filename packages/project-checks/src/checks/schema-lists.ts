import { type DocumentNode, type FieldDefinitionNode, Kind, type TypeNode } from 'graphql'
import { directiveOf, type SchemaProblem } from './schema-problem.ts'

/**
 * Lists whose size the cost of an operation cannot be estimated from. A field that gives objects in a list, or a
 * connection, has @listSize; that of a connection speaks of its `edges`. Scalars and enums cost nothing, and a field
 * that is @external is sized by its owner.
 */
export function listProblems(document: DocumentNode): SchemaProblem[] {
  const leaves = leafTypes(document)
  return document.definitions.flatMap((type) => {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) return []
    const isConnection = type.name.value.endsWith('Connection')
    return (type.fields ?? []).flatMap((field) => {
      const problem = problemOf(field, leaves, isConnection)
      return problem ? [{ node: field, message: `${type.name.value}.${field.name.value} ${problem}` }] : []
    })
  })
}

function problemOf(field: FieldDefinitionNode, leaves: ReadonlySet<string>, ofConnection: boolean): string | null {
  if (directiveOf(field, 'external')) return null
  const { name, isList } = unwrap(field.type)
  const size = directiveOf(field, 'listSize')
  const argument = (wanted: string) => size?.arguments?.find((given) => given.name.value === wanted)
  if (!isList && name.endsWith('Connection')) {
    if (!argument('sizedFields') || !argument('slicingArguments')) {
      return 'is a connection: it needs @listSize with slicingArguments and sizedFields: ["edges"]'
    }
    return null
  }
  if (!isList || leaves.has(name) || size) return null
  if (ofConnection && field.name.value === 'edges') return null
  return 'is a list without @listSize; can it grow, make it a connection'
}

function unwrap(type: TypeNode): { name: string; isList: boolean } {
  if (type.kind === Kind.NAMED_TYPE) return { name: type.name.value, isList: false }
  const inner = unwrap(type.type)
  return type.kind === Kind.LIST_TYPE ? { ...inner, isList: true } : inner
}

function leafTypes(document: DocumentNode): Set<string> {
  const declared = document.definitions.flatMap((node) =>
    node.kind === Kind.SCALAR_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_DEFINITION ? [node.name.value] : [],
  )
  return new Set(['ID', 'String', 'Int', 'Float', 'Boolean', ...declared])
}
