/** An object of an answer, as JSON.parse makes them. */
export type Data = Record<string, unknown>

/** What `object` itself has under `key`: nothing that all objects inherit, such as `constructor`. */
export function own(object: Data, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

export function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Takes all of `source` into `target`, as deep as both have objects. What `target` lacks it takes by reference, and of
 * two values that do not fit together it takes that of `source`.
 */
export function mergeInto(target: Data, source: Data): void {
  for (const key in source) {
    const value = source[key]
    if (key === '__proto__') {
      Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
      continue
    }
    if (typeof value !== 'object' || value === null) {
      target[key] = value
      continue
    }
    const present = own(target, key)
    if (typeof present !== 'object' || present === null || !mergedTogether(present, value)) target[key] = value
  }
}

function mergedTogether(target: object, source: object): boolean {
  if (Array.isArray(target) !== Array.isArray(source)) return false
  if (!Array.isArray(target) || !Array.isArray(source)) {
    mergeInto(target as Data, source as Data)
    return true
  }
  if (target.length !== source.length) return false
  for (const [index, value] of (source as unknown[]).entries()) {
    const present: unknown = target[index]
    if (typeof present !== 'object' || present === null || typeof value !== 'object' || value === null)
      target[index] = value
    else if (!mergedTogether(present, value)) target[index] = value
  }
  return true
}

/** A copy of what JSON.parse made that shares nothing with it. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf) as T
  const copy: Data = {}
  for (const key of Object.keys(value)) {
    const inner = copyOf((value as Data)[key])
    if (key === '__proto__')
      Object.defineProperty(copy, key, { value: inner, enumerable: true, configurable: true, writable: true })
    else copy[key] = inner
  }
  return copy as T
}
