import { hash } from '../world/hash.ts'

/** Where a subgraph answers what its schema does not allow. */
export interface Lie {
  readonly path: readonly (string | number)[]
  readonly seed: string
}

/** Puts lies into an answer. Of each place the same lie, wherever the place is in the answer. */
export function lie(data: unknown, lies: readonly Lie[], isNullInstead: boolean): void {
  for (const { path, seed } of lies) {
    let parent: unknown = data
    for (const part of path.slice(0, -1)) parent = isObject(parent) ? parent[part] : undefined
    const last = path.at(-1)
    if (!isObject(parent) || last === undefined) continue
    const value = parent[last]
    if (value !== undefined && value !== null) parent[last] = isNullInstead ? null : lieInstead(value, hash(seed))
  }
}

function lieInstead(value: unknown, drawn: number): unknown {
  if (Array.isArray(value)) return ['text', { unexpected: true }, 7][drawn % 3]
  if (typeof value === 'object') {
    const others: unknown[] = ['text', 7, true, [], [value], [null, 'text']]
    // A lie about the type is only seen where the type was asked for.
    if ('__typename' in (value as object)) {
      others.push({ ...value, __typename: 'NobodyKnowsThisType' }, { ...value, __typename: 7 })
    }
    return others[drawn % others.length]
  }
  return [{ unexpected: true }, ['list'], typeof value === 'string' ? true : 'text'][drawn % 3]
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null
}
