import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** The schema coordinate that each node of `document` stands for by `schema`: fields, arguments, input fields, enum values and named types. */
export function coordinatesIn(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<ASTNode, string> {
  const coordinates = new Map<ASTNode, string>()
  const info = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType()
        if (parent) coordinates.set(node, `${parent.name}.${node.name.value}`)
      },
      Argument(node) {
        const [parent, field] = [info.getParentType(), info.getFieldDef()]
        if (parent && field) coordinates.set(node, `${parent.name}.${field.name}(${node.name.value}:)`)
      },
      // A variable of the wrong type is wrong where it is used.
      Variable(node) {
        const [parent, field, argument] = [info.getParentType(), info.getFieldDef(), info.getArgument()]
        if (parent && field && argument) coordinates.set(node, `${parent.name}.${field.name}(${argument.name}:)`)
      },
      ObjectField(node) {
        const parent = getNamedType(info.getParentInputType())
        if (parent) coordinates.set(node, `${parent.name}.${node.name.value}`)
      },
      EnumValue(node) {
        const type = getNamedType(info.getInputType())
        if (type) coordinates.set(node, `${type.name}.${node.value}`)
      },
      NamedType(node) {
        coordinates.set(node, node.name.value)
      },
    }),
  )
  return coordinates
}
