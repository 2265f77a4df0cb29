import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner'
import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql'
import type { PlacePath } from './places.ts'

/** A fetch of a plan, and the path of the objects that it completes. */
export interface PlacedFetch {
  readonly node: FetchNode
  readonly path: PlacePath
}

/** All fetches of a plan, in its order. */
export function fetchesOf(part: PlanNode | SubscriptionNode | undefined, path: PlacePath = []): PlacedFetch[] {
  switch (part?.kind) {
    case 'Fetch':
      return [{ node: part, path }]
    case 'Flatten':
      return fetchesOf(part.node, [...path, ...part.path.map(String)])
    case 'Sequence':
    case 'Parallel':
      return part.nodes.flatMap((child) => fetchesOf(child, path))
    case 'Condition':
      return [part.ifClause, part.elseClause].flatMap((branch) => fetchesOf(branch, path))
    case 'Defer':
    case 'Subscription':
    case undefined:
      return []
  }
}

/** Where in the client's answer a fetch answers objects, below those that it completes: keys joined by spaces, without '@'. */
export function objectPathsOf({ node, path }: PlacedFetch): Set<string> {
  const document = parse(node.operation)
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const found = new Set<string>()
  const walk = (selectionSet: SelectionSetNode, at: PlacePath): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) walk(fragments.get(selection.name.value)!.selectionSet, at)
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, at)
      else if (selection.selectionSet) {
        const below = [...at, (selection.alias ?? selection.name).value]
        found.add(below.join(' '))
        walk(selection.selectionSet, below)
      }
    }
  }
  const start = path.filter((element) => element !== '@')
  for (const selectionSet of rootsOf(document, node)) walk(selectionSet, start)
  return found
}

function rootsOf({ definitions }: DocumentNode, { requires }: FetchNode): SelectionSetNode[] {
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)!
  if (!requires) return [operation.selectionSet]
  return operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD && selection.selectionSet ? [selection.selectionSet] : [],
  )
}
