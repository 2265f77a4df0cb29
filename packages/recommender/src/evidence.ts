import type { Model } from './model.ts'
import type { SparseRows } from './models/sparse-rows.ts'
import { decayedPurchases } from './models/succession.ts'
import { type CustomerHistory, itemsBought } from './ranking.ts'

/** What a history says for each item: the sum of what its own items say, and which of these says most (-1: none). */
export interface Evidence {
  readonly sums: Float64Array
  readonly because: Int32Array
}

/** What a customer's history says by each of the models. */
export interface CustomerEvidence {
  readonly bought: ReadonlySet<number>
  readonly affinity: Evidence
  readonly succession: Evidence
}

/** Beyond so many purchases of one customer, older ones say nothing about what goes together. */
const mostItems = 500

export function evidenceOf(
  { affinity, succession }: Pick<Model, 'affinity' | 'succession'>,
  history: CustomerHistory,
  now: number,
): CustomerEvidence {
  const bought = itemsBought(history)
  const weighted: [number, number][] = [...bought].slice(0, mostItems).map((item) => [item, 1])
  for (const { item, weight } of history.interests ?? []) if (!bought.has(item)) weighted.push([item, weight])
  return {
    bought,
    affinity: gather(affinity, weighted),
    succession: gather(succession, decayedPurchases(history, now)),
  }
}

/** Adds up the rows of what is in a history, each with its weight. */
function gather(rows: SparseRows, weighted: Iterable<readonly [item: number, weight: number]>): Evidence {
  const sums = new Float64Array(rows.columnCount)
  const greatest = new Float64Array(rows.columnCount)
  const because = new Int32Array(rows.columnCount).fill(-1)
  for (const [item, weight] of weighted) {
    for (let entry = rows.starts[item]!; entry < rows.starts[item + 1]!; entry++) {
      const other = rows.columns[entry]!
      const said = weight * rows.values[entry]!
      sums[other]! += said
      if (said > greatest[other]!) {
        greatest[other] = said
        because[other] = item
      }
    }
  }
  return { sums, because }
}
