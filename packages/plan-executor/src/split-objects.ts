import type { FetchNode } from '@apollo/query-planner'
import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql'
import type { PlacedFetch } from './placed-fetches.ts'
import type { PlacePath } from './places.ts'

/**
 * The fetches of entities within which there is an object that another fetch answers parts of, too. Several places that
 * such an entity stands in must not share it: the other fetch may have different parts for each.
 */
export function fetchesThatShareNothing(fetches: readonly PlacedFetch[]): Set<FetchNode> {
  const objectPaths = new Map(fetches.map((fetch) => [fetch.node, objectPathsOf(fetch)]))
  const times = new Map<string, number>()
  for (const paths of objectPaths.values()) for (const path of paths) times.set(path, (times.get(path) ?? 0) + 1)
  return new Set(
    [...objectPaths]
      .filter(([node, paths]) => node.outputRewrites || [...paths].some((path) => times.get(path)! > 1))
      .map(([node]) => node),
  )
}

/** Where a fetch answers objects, below those that it completes. */
function objectPathsOf({ node, path }: PlacedFetch): Set<string> {
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
