import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLCompositeType,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql'
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js'

export type OperationFragments = Readonly<Record<string, FragmentDefinitionNode>>
/** Fields by response key, in the order of the answer. */
export type CollectedFields = ReadonlyMap<string, readonly FieldNode[]>

export interface FieldCollector {
  ofOperation(type: GraphQLCompositeType, operation: OperationDefinitionNode): CollectedFields
  /** What is selected below `nodes` of an object that is a `type`. */
  ofFields(type: GraphQLCompositeType, nodes: readonly FieldNode[]): CollectedFields
}

/** "CollectFields" of the GraphQL specification, for one set of variables. */
export function fieldCollector(
  schema: GraphQLSchema,
  fragments: OperationFragments,
  variables: Readonly<Record<string, unknown>>,
): FieldCollector {
  // An interface that another subgraph knows as an object is all that an object may say it is; what applies to it, applies.
  const asObject = (type: GraphQLCompositeType) => type as GraphQLObjectType
  return {
    ofOperation: (type, operation) =>
      collectFields(schema, fragments, variables, asObject(type), operation.selectionSet),
    ofFields: (type, nodes) => collectSubfields(schema, fragments, variables, asObject(type), nodes),
  }
}
