import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  type OperationDefinitionNode,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

export interface SelectedField {
  readonly typeName: string
  readonly fieldName: string
  /** Of an interface: the objects that it may stand for; of an object: itself. */
  readonly possibleTypes: readonly string[]
}

/**
 * The fields that `operation` of a valid document selects, each once, in the order of the operation, then of its fragments.
 * What @skip and @include leave out counts; introspection does not.
 */
export function selectedFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): SelectedField[] {
  const fields = new Map<string, SelectedField>()
  const typeInfo = new TypeInfo(schema)
  const ofOperation = separateOperations(document)[operation.name?.value ?? ''] ?? document
  visit(
    ofOperation,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const fieldName = node.name.value
        const parent = typeInfo.getParentType()
        if (fieldName.startsWith('__')) return false
        if (!parent || !(isObjectType(parent) || isAbstractType(parent))) return undefined
        const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent]
        const possibleTypes = possible.map(({ name }) => name)
        fields.set(`${parent.name}.${fieldName}`, { typeName: parent.name, fieldName, possibleTypes })
        return undefined
      },
    }),
  )
  return [...fields.values()]
}
