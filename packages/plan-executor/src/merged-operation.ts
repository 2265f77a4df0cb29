import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql'

/** The response key of the entities of the fetch at `index` of a merged operation. */
export const entitiesKey = (index: number): string => `_entities_${index}`
/** The variable with their representations. */
export const representationsVariable = (index: number): string => `representations_${index}`

/** Whether `operation`, of an entity fetch, says nothing that could mean another thing beside other fetches. */
export function canBeMerged(operation: string): boolean {
  const definition = operationOf(parse(operation))
  return (definition.directives ?? []).length === 0 && definition.selectionSet.selections.length === 1
}

/** The text of an operation that is the only one of its document. */
export function withoutName(operation: string): string {
  const document = visit(parse(operation), { OperationDefinition: { leave: ({ name: _, ...node }) => node } })
  return stripIgnoredCharacters(print(document))
}

/**
 * One operation that does what the entity fetches in `operations` do, each under a key and with representations of its
 * own. They share the variables of the client.
 */
export function mergedOperation(operations: ReadonlyMap<number, string>): string {
  const documents = [...operations].map(([index, operation]) => renamed(parse(operation), index))
  const variables = new Map<string, VariableDefinitionNode>()
  for (const document of documents)
    for (const definition of operationOf(document).variableDefinitions ?? [])
      variables.set(definition.variable.name.value, definition)
  const merged: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...operationOf(documents[0]!),
        variableDefinitions: [...variables.values()],
        selectionSet: {
          kind: Kind.SELECTION_SET,
          selections: documents.flatMap((document) => operationOf(document).selectionSet.selections),
        },
      },
      ...documents.flatMap(({ definitions }) => definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)),
    ],
  }
  return stripIgnoredCharacters(print(merged))
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  return definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)!
}

/** Fragments of other fetches may have the same names. */
function renamed(document: DocumentNode, index: number): DocumentNode {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const
  return visit(document, {
    Variable: (node) =>
      node.name.value === 'representations' ? { ...node, name: name(representationsVariable(index)) } : undefined,
    Field: (node) => (node.name.value === '_entities' ? { ...node, alias: name(entitiesKey(index)) } : undefined),
    FragmentDefinition: (node) => ({ ...node, name: name(`${node.name.value}_${index}`) }),
    FragmentSpread: (node) => ({ ...node, name: name(`${node.name.value}_${index}`) }),
  })
}
