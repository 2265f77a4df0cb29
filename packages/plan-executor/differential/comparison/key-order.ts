/** Paths of objects in `data` whose keys stand in another order than in `model`; where a part is missing, the rest counts. */
export function outOfOrder(data: unknown, model: unknown, path = ''): string[] {
  if (typeof data !== 'object' || typeof model !== 'object' || data === null || model === null) return []
  if (Array.isArray(data)) {
    return data.flatMap((item, index) => outOfOrder(item, (model as unknown[])[index], `${path}[${String(index)}]`))
  }
  const [actual, expected] = [Object.keys(data), Object.keys(model)]
  const found =
    actual.join() === expected.join() ? [] : [`${path || 'data'}: ${actual.join()} is not ${expected.join()}`]
  const within = actual.flatMap((key) =>
    outOfOrder((data as Record<string, unknown>)[key], (model as Record<string, unknown>)[key], `${path}.${key}`),
  )
  return [...found, ...within]
}
