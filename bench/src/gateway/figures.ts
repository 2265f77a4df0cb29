import type { ContenderName } from './contenders/contenders.ts'
import type { Figures } from './measure-contender.ts'
import type { Contest } from './rounds.ts'

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The median over the rounds of one figure. */
export function medianOf({ rounds }: Contest, name: ContenderName, figure: keyof Figures): number {
  return median((rounds.get(name) ?? []).map((each) => each[figure]))
}

/**
 * How many times the CPU of `other` a contender takes: the median of each round's own quotient, for the two of one round
 * ran within seconds of each other, and two rounds may be minutes apart. NaN where one of them was not measured.
 */
export function cpuRatio({ rounds }: Contest, name: ContenderName, other: ContenderName): number {
  const others = rounds.get(other) ?? []
  const quotients = (rounds.get(name) ?? []).map(({ cpuMs }, round) => cpuMs / (others[round]?.cpuMs ?? Number.NaN))
  return quotients.length === 0 ? Number.NaN : median(quotients)
}
