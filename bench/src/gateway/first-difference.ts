/**
 * Where two values made of JSON differ first, as `path: one, not other`, or null where they do not. The order of keys
 * makes no difference, nor does a prototype.
 */
export function firstDifference(one: unknown, other: unknown, path = 'data'): string | null {
  if (Object.is(one, other)) return null
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other))
    return `${path}: ${shown(one)}, not ${shown(other)}`
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  for (const key of keys) {
    const difference = firstDifference(one[key], other[key], `${path}.${key}`)
    if (difference !== null) return difference
  }
  return null
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 100)
}
