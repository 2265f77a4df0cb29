import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql'

/** A subgraph as the gateway's author wrote it, and its executable schema. */
export interface SubgraphDefinition {
  readonly name: string
  readonly schema: GraphQLSchema
}

type Composite = GraphQLObjectType | GraphQLInterfaceType

/** Object and interface types of a subgraph, without federation's own. */
export function compositesOf(schema: GraphQLSchema): Composite[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is Composite => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('_'),
  )
}

export function directivesOf(
  element: Pick<Composite | GraphQLField<unknown, unknown>, 'astNode'> & {
    readonly extensionASTNodes?: readonly { readonly directives?: readonly ConstDirectiveNode[] | undefined }[]
  },
  name: string,
): ConstDirectiveNode[] {
  const nodes = [element.astNode, ...(element.extensionASTNodes ?? [])]
  return nodes.flatMap((node) => node?.directives ?? []).filter((directive) => directive.name.value === name)
}

/** The selection that @key, @requires or @provides names. */
export function fieldSetOf(directive: ConstDirectiveNode): SelectionSetNode {
  const value = directive.arguments?.find((argument) => argument.name.value === 'fields')?.value
  if (value?.kind !== Kind.STRING) throw new Error(`@${directive.name.value} has no fields`)
  const [definition] = parse(`{ ${value.value} }`).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A field set is a selection')
  return definition.selectionSet
}

/** The concrete types that a type stands for in one subgraph; `members` are those of its interface objects. */
export function possibleTypes(
  schema: GraphQLSchema,
  typeName: string,
  members: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const type = schema.getType(typeName)
  if (isAbstractType(type)) return schema.getPossibleTypes(type).map(({ name }) => name)
  return (isObjectType(type) && directivesOf(type, 'interfaceObject').length > 0 && members.get(typeName)) || [typeName]
}
