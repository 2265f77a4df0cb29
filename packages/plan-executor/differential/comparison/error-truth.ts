import type { GraphQLFormattedError } from 'graphql'
import type { Faults } from '../faults/faults.ts'
import type { MonolithAnswer } from '../executors/monolith.ts'

/**
 * Whether what an error says did happen at its path: a fault names the entity and the field, and the monolith knows which
 * entity stands where. Undefined where it does not, as within what only a fetch needs.
 */
export function isTrueOf(
  { message, path, extensions }: GraphQLFormattedError,
  faults: Faults,
  model: MonolithAnswer,
): boolean | undefined {
  const service = extensions?.['service'] ?? extensions?.['serviceName']
  if (!path || typeof service !== 'string') return undefined
  const { things } = model
  const [, lookedUp] = / cannot look up (.+)$/.exec(message) ?? []
  const there = things.get(JSON.stringify(path))
  if (lookedUp !== undefined && there) return there.id === lookedUp
  const field = [...path]
  while (typeof field.at(-1) === 'number') field.pop()
  const parent = things.get(JSON.stringify(field.slice(0, -1)))
  if (!parent) return isNowhere(path, model) ? false : undefined
  const [, resolved] = / cannot resolve (.+)\.\w+$/.exec(message) ?? []
  if (resolved !== undefined) return parent.id === resolved
  const [, nullField] = /^Cannot return null for non-nullable field \w+\.(\w+)\.$/.exec(message) ?? []
  if (nullField === undefined) return undefined
  return [field, ['_entities']].some((place) => faults.ofField(service, parent, nullField, place) === 'null')
}

/** Whether the client asks for a field of the path's, but not of the object that is there. */
function isNowhere(path: readonly (string | number)[], { data, responseNames }: MonolithAnswer): boolean {
  let at: unknown = data
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return false
    if (!Object.hasOwn(at, part)) return typeof part === 'string' && responseNames.has(part)
    at = (at as Record<string | number, unknown>)[part]
  }
  return false
}
