import {
  type FragmentDefinitionNode,
  getDirectiveValues,
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql'
import type { IsRefused } from './declared-permissions.ts'

type Data = Record<string, unknown>
type Path = readonly (string | number)[]

export interface ProjectionRequest {
  readonly schema: GraphQLSchema
  /** The document as the client sent it. */
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  /** Coerced, defaults included. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly isRefused: IsRefused
  /** Under which the answer tells the type of an object that could have been of several. */
  readonly typeNameKey: string
  /** The error of one refused field, which stands at `path` of the answer. */
  readonly refusal: (path: Path) => GraphQLError
}

export interface ProjectedAnswer {
  readonly data: Data | null
  readonly errors: readonly GraphQLError[]
}

/**
 * What the client's own document is answered, given the answer to its `allowedDocument`: the same, in the client's order,
 * with null and an error for each refused field. A field that may not be null takes the object that has it with it, as
 * the GraphQL specification has it in "Handling Execution Errors".
 */
export function projectAnswer(request: ProjectionRequest, answer: Data): ProjectedAnswer {
  const { schema, document, operation, variables, isRefused, typeNameKey, refusal } = request
  const errors: GraphQLError[] = []
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)

  /** The fields that are asked of a `type`, by response key, as in "Collect Fields" of the specification. */
  function collect(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
    const fields = new Map<string, FieldNode[]>()
    const visited = new Set<string>()
    const add = (selections: readonly SelectionNode[]) => {
      for (const selection of selections) {
        if (!isIncluded(selection)) continue
        if (selection.kind === Kind.FIELD) {
          const key = (selection.alias ?? selection.name).value
          fields.set(key, [...(fields.get(key) ?? []), selection])
          continue
        }
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
        if (!fragment || !appliesTo(fragment.typeCondition, type)) continue
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          if (visited.has(selection.name.value)) continue
          visited.add(selection.name.value)
        }
        add(fragment.selectionSet.selections)
      }
    }
    for (const set of sets) add(set.selections)
    return fields
  }

  function isIncluded(selection: SelectionNode): boolean {
    return (
      getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] !== true &&
      getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] !== false
    )
  }

  function appliesTo(condition: NamedTypeNode | undefined, type: GraphQLObjectType): boolean {
    const conditional = condition && typeFromAST(schema, condition)
    return !conditional || conditional === type || (isAbstractType(conditional) && schema.isSubType(conditional, type))
  }

  function objectOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[], source: Data, path: Path): Data | null {
    const object: Data = {}
    for (const [key, nodes] of collect(type, sets)) {
      const { value: fieldName } = nodes[0]!.name
      const field = type.getFields()[fieldName]
      const at = [...path, key]
      if (field && isRefused(type.name, fieldName)) {
        errors.push(refusal(at))
        object[key] = null
      } else object[key] = field ? valueOf(field.type, nodes, source[key] ?? null, at) : source[key]
      if (object[key] === null && field && isNonNullType(field.type)) return null
    }
    return object
  }

  function valueOf(type: GraphQLOutputType, nodes: readonly FieldNode[], value: unknown, path: Path): unknown {
    if (value === null) return null
    if (isNonNullType(type)) return valueOf(type.ofType, nodes, value, path)
    if (isListType(type)) {
      const items = (value as unknown[]).map((item, index) => valueOf(type.ofType, nodes, item, [...path, index]))
      return isNonNullType(type.ofType) && items.includes(null) ? null : items
    }
    if (isLeafType(type)) return value
    const source = value as Data
    const objectType = isObjectType(type) ? type : schema.getType(String(source[typeNameKey]))
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
    return isObjectType(objectType) ? objectOf(objectType, sets, source, path) : null
  }

  const data = objectOf(schema.getRootType(operation.operation)!, [operation.selectionSet], answer, [])
  return { data, errors }
}
