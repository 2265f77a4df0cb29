import type { FetchNode } from '@apollo/query-planner'
import { objectPathsOf, type PlacedFetch } from './placed-fetches.ts'

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
