import { hash } from 'node:crypto'

/** A deterministic source of chance; see seededRandom. */
export interface Random {
  /** A float in [0, 1). */
  next(): number
  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** One element; throws on an empty list. */
  pick<T>(items: readonly T[]): T
  /** One element, with chances in proportion to `weightOf`; throws when no weight is positive. */
  pickWeighted<T>(items: readonly T[], weightOf: (item: T) => number): T
  /** A new, shuffled array (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[]
}

/**
 * The generator mulberry32 by Tommy Ettinger (public domain), started from a seed and the name of a stream, so that
 * drawing more from one stream leaves the others as they were. Same arguments, same sequence, on every platform.
 */
export function seededRandom(seed: number, stream: string): Random {
  let state = Number.parseInt(hash('sha256', `${seed}:${stream}`).slice(0, 8), 16)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('Cannot pick from an empty list.')
    return items[between(0, items.length - 1)] as T
  }
  const pickWeighted = <T>(items: readonly T[], weightOf: (item: T) => number): T => {
    let left = next() * items.reduce((sum, item) => sum + weightOf(item), 0)
    const found = items.find((item) => (left -= weightOf(item)) < 0)
    if (found === undefined) throw new RangeError('Cannot pick where no weight is positive.')
    return found
  }
  const shuffle = <T>(items: readonly T[]): T[] => {
    const shuffled = [...items]
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = between(0, last)
      const kept = shuffled[last] as T
      shuffled[last] = shuffled[other] as T
      shuffled[other] = kept
    }
    return shuffled
  }
  return { next, between, pick, pickWeighted, shuffle }
}
