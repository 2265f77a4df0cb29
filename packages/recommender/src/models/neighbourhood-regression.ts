import { TopItems } from '../top-items.ts'
import { factorise, substitute } from './cholesky.ts'
import { entryOf } from './gram-matrix.ts'
import { type SparseRows, transpose } from './sparse-rows.ts'

export interface NeighbourhoodOptions {
  /** How many inputs may speak for a target. */
  readonly neighbours: number
  /** The ridge: how much evidence a weight needs. */
  readonly ridge: number
  /** Whether an item may speak for itself. */
  readonly own: boolean
}

/**
 * For each target the ridge regression on its nearest inputs: the weights w that minimise |y − X·w|² + ridge·|w|², where X
 * holds the inputs with the greatest (xᵀy) / √(xᵀx). It is EASE (Steck, Embarrassingly Shallow Autoencoders for Sparse
 * Data, WWW 2019) solved within neighbourhoods, as fsSLIM does for SLIM (Ning, Karypis, ICDM 2011): as good, and the time
 * grows with the items and not with their cube.
 *
 * `inputs` is XᵀX, `targets` is YᵀX: for each target its products with the inputs. The answer is by input: row `i` holds
 * what item `i` of a history adds to each target.
 */
export function regressNeighbourhoods(
  inputs: SparseRows,
  targets: SparseRows,
  { neighbours, ridge, own }: NeighbourhoodOptions,
): SparseRows {
  const targetCount = targets.starts.length - 1
  const norms = Float64Array.from({ length: targetCount }, (_, item) => Math.sqrt(entryOf(inputs, item, item) + 0.1))
  const nearest = new TopItems(neighbours)
  const system = new Float64Array(neighbours * neighbours)
  const factor = new Float64Array(neighbours * neighbours)
  const solution = new Float64Array(neighbours)
  const starts = new Uint32Array(targetCount + 1)
  const columns = new Uint32Array(targetCount * neighbours)
  const values = new Float32Array(targetCount * neighbours)
  let count = 0
  for (let target = 0; target < targetCount; target++) {
    const from = targets.starts[target]!
    nearest.clear()
    for (let entry = from; entry < targets.starts[target + 1]!; entry++) {
      const input = targets.columns[entry]!
      if (input !== target) nearest.offer(input, targets.values[entry]! / norms[input]!)
      else if (own) nearest.offer(input, Number.MAX_VALUE)
    }
    const chosen = nearest.items.sort()
    const size = chosen.length
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) {
        system[row * size + column] = entryOf(inputs, chosen[row]!, chosen[column]!)
      }
      solution[row] = entryOf(targets, target, chosen[row]!)
    }
    // Where entries of the matrix were left out it may not be positive definite as it stands.
    for (let raised = ridge; !factorise(system, factor, size, raised); raised *= 2);
    substitute(factor, solution, size)
    for (let place = 0; place < size; place++) {
      columns[count] = chosen[place]!
      values[count++] = solution[place]!
    }
    starts[target + 1] = count
  }
  return transpose({
    columnCount: inputs.starts.length - 1,
    starts,
    columns: columns.subarray(0, count),
    values: values.subarray(0, count),
  })
}
