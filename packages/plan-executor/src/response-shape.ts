import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql'
import { type CollectedFields, fieldCollector, type OperationFragments } from './collect-fields.ts'
import { asItIs, LeafShape, ListShape, ObjectShape, type Shape, type ShapedField, unknowable } from './shape.ts'

/** Whether a field is to be null for this client, whatever subgraphs have. */
export type IsRefused = (typeName: string, fieldName: string) => boolean

export interface ShapeRequest {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: OperationFragments
  /** Coerced, defaults included; what `@skip` and `@include` look at. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly isRefused: IsRefused
}

/**
 * The shape of the answer to an operation, for one outcome of its `@skip` and `@include`: which fields each object has in
 * which order, by the type that it turns out to be, and which of them may be null. As "Executing Selection Sets",
 * "Value Completion" and "Handling Execution Errors" of the GraphQL specification have it.
 */
export function responseShape({ schema, operation, fragments, variables, isRefused }: ShapeRequest): Shape {
  const collect = fieldCollector(schema, fragments, variables)
  const root = schema.getRootType(operation.operation)!
  return new ObjectShape(schema, root, (type) => fieldsOf(type, collect.ofOperation(type, operation)))

  function fieldsOf(type: GraphQLCompositeType, collected: CollectedFields): ShapedField[] {
    return [...collected].map(([key, nodes], index) => shapedField(type, key, nodes, index === 0))
  }

  function shapedField(
    type: GraphQLCompositeType,
    key: string,
    nodes: readonly FieldNode[],
    isFirst: boolean,
  ): ShapedField {
    const name = nodes[0]!.name.value
    const base = {
      key,
      label: `${isFirst ? '{' : ','}${JSON.stringify(key)}:`,
      isInherited: key in Object.prototype,
    }
    const plain = { ...base, constant: null, isRefused: false }
    if (name === '__typename')
      return isObjectType(type)
        ? { ...plain, constant: JSON.stringify(type.name), isNonNull: true, shape: asItIs }
        : { ...plain, isNonNull: true, shape: unknowable }
    const definition = 'getFields' in type ? type.getFields()[name] : undefined
    if (!definition) return { ...plain, isNonNull: false, shape: asItIs }
    const isNonNull = isNonNullType(definition.type)
    return { ...plain, isRefused: isRefused(type.name, name), isNonNull, shape: shapeOf(definition.type, nodes) }
  }

  function shapeOf(type: GraphQLOutputType, nodes: readonly FieldNode[]): Shape {
    if (isNonNullType(type)) return shapeOf(type.ofType, nodes)
    if (isListType(type)) return new ListShape(shapeOf(type.ofType, nodes), isNonNullType(type.ofType))
    if (isLeafType(type)) return new LeafShape(type)
    return new ObjectShape(schema, type, (actual) => fieldsOf(actual, collect.ofFields(actual, nodes)))
  }
}
