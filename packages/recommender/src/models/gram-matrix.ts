import { type SparseRows, SparseRowsBuilder, transpose } from './sparse-rows.ts'

/**
 * How many entries a product of matrices keeps in all. It bounds memory (8 bytes an entry) however many items there are:
 * for up to 4,000 items the product is whole, for 20,000 each row keeps its 800 greatest entries.
 */
const mostEntries = 16_000_000
const fewestEntriesOfRow = 200

/**
 * Xᵀ·Y of two matrices with the same rows and no negative entries: row `i` tells for column `i` of X how it goes with the
 * columns of Y, by ascending column. Takes time in the sum over rows of the products of their sizes. Where it would be too
 * large to be kept whole, a row keeps its greatest entries, and the one on the diagonal.
 */
export function gramMatrix(x: SparseRows, y: SparseRows): SparseRows {
  const rowsOf = transpose(x)
  const most = Math.max(fewestEntriesOfRow, Math.floor(mostEntries / Math.max(1, x.columnCount)))
  const sums = new Float64Array(y.columnCount)
  const gram = new SparseRowsBuilder(y.columnCount)
  for (let item = 0; item < x.columnCount; item++) {
    for (let entry = rowsOf.starts[item]!; entry < rowsOf.starts[item + 1]!; entry++) {
      const row = rowsOf.columns[entry]!
      const weight = rowsOf.values[entry]!
      const end = y.starts[row + 1]!
      for (let place = y.starts[row]!; place < end; place++) {
        const column = y.columns[place]!
        sums[column] = sums[column]! + weight * y.values[place]!
      }
    }
    const least = leastOfGreatest(sums, most)
    for (let column = 0; column < sums.length; column++) {
      const sum = sums[column]!
      if (sum === 0) continue
      if (sum >= least || column === item) gram.add(column, sum)
      sums[column] = 0
    }
    gram.endRow()
  }
  return gram.build()
}

/** The least value that is kept when about so many are; 0 when all are. */
function leastOfGreatest(values: Float64Array, most: number): number {
  if (values.length <= most || countOfPositive(values) <= most) return 0
  return values.toSorted()[values.length - most]!
}

function countOfPositive(values: Float64Array): number {
  let count = 0
  for (const value of values) if (value > 0) count++
  return count
}

/** An entry of a matrix whose columns ascend within a row; 0 where there is none. */
export function entryOf({ starts, columns, values }: SparseRows, row: number, column: number): number {
  let low = starts[row]!
  let high = starts[row + 1]! - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = columns[middle]!
    if (found === column) return values[middle]!
    if (found < column) low = middle + 1
    else high = middle - 1
  }
  return 0
}
