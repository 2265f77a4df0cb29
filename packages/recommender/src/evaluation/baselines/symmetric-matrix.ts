/** The side of a tile: two of them fit into the cache next to a core. */
const side = 64

/**
 * A symmetric matrix in square tiles by rows, of which the lower half is kept; filled up with an identity to whole
 * tiles, so that no tile is a special case. Takes about 4 bytes for each of its size² numbers.
 */
export class SymmetricMatrix {
  readonly size: number
  readonly #tiles: Float64Array[][]

  constructor(size: number) {
    this.size = size
    this.#tiles = Array.from({ length: Math.ceil(size / side) }, (_, row) =>
      Array.from({ length: row + 1 }, () => new Float64Array(side * side)),
    )
    for (let at = size; at < this.#tiles.length * side; at++) this.add(at, at, 1)
  }

  at(row: number, column: number): number {
    if (row < column) return this.at(column, row)
    return this.#tiles[Math.floor(row / side)]![Math.floor(column / side)]![(row % side) * side + (column % side)]!
  }

  /** Adds to the number at a place, and to the one that mirrors it. */
  add(row: number, column: number, value: number): void {
    if (row < column) return this.add(column, row, value)
    const [tileRow, tileColumn] = [Math.floor(row / side), Math.floor(column / side)]
    const tile = this.#tiles[tileRow]![tileColumn]!
    tile[(row % side) * side + (column % side)]! += value
    // A tile of the diagonal is kept whole.
    if (tileRow === tileColumn && row !== column) tile[(column % side) * side + (row % side)]! += value
  }

  /**
   * Puts its inverse in its place; it has to be positive definite, else this throws. Each block of the diagonal is
   * factorised by Cholesky and swept out of the others (Goodnight, A Tutorial on the SWEEP Operator, The American Statistician
   * 1979), which takes size³ operations, as many as a factorisation of the whole and its inversion, in one pass over
   * memory for each block. `onStep` is told after each how many of all are done.
   */
  invert(onStep: (done: number, all: number) => void = () => {}): void {
    const tiles = this.#tiles
    for (let pivot = 0; pivot < tiles.length; pivot++) {
      const inverse = invertTile(tiles[pivot]![pivot]!)
      const negative = inverse.map((value) => -value)
      const columns = tiles.map((row, at) => (at < pivot ? transposed(tiles[pivot]![at]!) : row[pivot]!))
      const swept = columns.map((column) => addProduct(new Float64Array(side * side), column, negative))
      for (let row = 0; row < tiles.length; row++) {
        if (row === pivot) continue
        for (let column = 0; column <= row; column++) {
          if (column !== pivot) addProduct(tiles[row]![column]!, swept[row]!, columns[column]!)
        }
      }
      for (let at = 0; at < tiles.length; at++) {
        if (at < pivot) tiles[pivot]![at] = transposed(swept[at]!)
        else tiles[at]![pivot] = at === pivot ? negative : swept[at]!
      }
      onStep(pivot + 1, tiles.length)
    }
    // Swept by every block, a matrix is its inverse with the sign turned.
    for (const tile of tiles.flat()) for (let at = 0; at < tile.length; at++) tile[at] = -tile[at]!
  }
}

/** target += a·bᵀ, four rows by four columns at a time, so that each number that is read is used four times. */
function addProduct(target: Float64Array, a: Float64Array, b: Float64Array): Float64Array {
  for (let row = 0; row < side; row += 4) {
    const [a0, a1, a2, a3] = [row * side, (row + 1) * side, (row + 2) * side, (row + 3) * side]
    for (let column = 0; column < side; column += 4) {
      const [b0, b1, b2, b3] = [column * side, (column + 1) * side, (column + 2) * side, (column + 3) * side]
      let [s00, s01, s02, s03] = [0, 0, 0, 0]
      let [s10, s11, s12, s13] = [0, 0, 0, 0]
      let [s20, s21, s22, s23] = [0, 0, 0, 0]
      let [s30, s31, s32, s33] = [0, 0, 0, 0]
      for (let at = 0; at < side; at++) {
        const x0 = a[a0 + at]!
        const x1 = a[a1 + at]!
        const x2 = a[a2 + at]!
        const x3 = a[a3 + at]!
        const y0 = b[b0 + at]!
        const y1 = b[b1 + at]!
        const y2 = b[b2 + at]!
        const y3 = b[b3 + at]!
        s00 += x0 * y0
        s01 += x0 * y1
        s02 += x0 * y2
        s03 += x0 * y3
        s10 += x1 * y0
        s11 += x1 * y1
        s12 += x1 * y2
        s13 += x1 * y3
        s20 += x2 * y0
        s21 += x2 * y1
        s22 += x2 * y2
        s23 += x2 * y3
        s30 += x3 * y0
        s31 += x3 * y1
        s32 += x3 * y2
        s33 += x3 * y3
      }
      addFour(target, a0 + column, s00, s01, s02, s03)
      addFour(target, a1 + column, s10, s11, s12, s13)
      addFour(target, a2 + column, s20, s21, s22, s23)
      addFour(target, a3 + column, s30, s31, s32, s33)
    }
  }
  return target
}

function addFour(target: Float64Array, at: number, one: number, two: number, three: number, four: number): void {
  target[at]! += one
  target[at + 1]! += two
  target[at + 2]! += three
  target[at + 3]! += four
}

function transposed(tile: Float64Array): Float64Array {
  return tile.map((_, at) => tile[(at % side) * side + Math.floor(at / side)]!)
}

/** The inverse of a positive definite tile A = L·Lᵀ: L⁻ᵀ·L⁻¹. */
function invertTile(tile: Float64Array): Float64Array {
  const factor = factorise(tile)
  // The rows of L⁻ᵀ: row c is the solution x of L·x = e(c).
  const solutions = new Float64Array(side * side)
  for (let column = 0; column < side; column++) {
    for (let row = column; row < side; row++) {
      let sum = row === column ? 1 : 0
      for (let at = column; at < row; at++) sum -= factor[row * side + at]! * solutions[column * side + at]!
      solutions[column * side + row] = sum / factor[row * side + row]!
    }
  }
  return addProduct(new Float64Array(side * side), solutions, solutions)
}

function factorise(tile: Float64Array): Float64Array {
  const factor = new Float64Array(side * side)
  for (let row = 0; row < side; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = tile[row * side + column]!
      for (let at = 0; at < column; at++) sum -= factor[row * side + at]! * factor[column * side + at]!
      if (row === column && !(sum > 0)) throw new Error('The matrix is not positive definite.')
      factor[row * side + column] = row === column ? Math.sqrt(sum) : sum / factor[column * side + column]!
    }
  }
  return factor
}
