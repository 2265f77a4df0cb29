import { type Data, isObject, own } from './data.ts'

/** Where a fetch takes its entities from: response keys, and '@' for each element of a list. */
export type PlacePath = readonly string[]
export type ResponsePath = readonly (string | number)[]

/**
 * The objects at `path` of `roots`, each once, however often it is in there: entities that were fetched once for several
 * places share what they hold.
 */
export function objectsAt(roots: readonly Data[], path: PlacePath): Data[] {
  let level: readonly unknown[] = roots
  for (const element of path) {
    const next: unknown[] = []
    if (element === '@') {
      // Only lists can be reached twice by way of what entities share, and few lists hold many objects.
      const visited = new Set<unknown>()
      for (const list of level) {
        if (!Array.isArray(list) || visited.has(list)) continue
        visited.add(list)
        for (const item of list) if (typeof item === 'object' && item !== null) next.push(item)
      }
    } else {
      for (const object of level) {
        const value = own(object as Data, element)
        if (typeof value === 'object' && value !== null) next.push(value)
      }
    }
    level = next
  }
  return [...new Set(level)].filter(isObject)
}

/** Every way to an object of `wanted` by `path`: where an error of that entity belongs in the client's answer. */
export function placesOf(data: Data, path: PlacePath, wanted: ReadonlySet<unknown>): ResponsePath[] {
  const found: ResponsePath[] = []
  const walk = (value: unknown, depth: number, at: ResponsePath): void => {
    if (typeof value !== 'object' || value === null) return
    const element = path[depth]
    if (element === undefined) {
      if (wanted.has(value)) found.push(at)
    } else if (element !== '@') walk(own(value as Data, element), depth + 1, [...at, element])
    else if (Array.isArray(value)) value.forEach((item, index) => walk(item, depth + 1, [...at, index]))
  }
  walk(data, 0, [])
  return found
}
