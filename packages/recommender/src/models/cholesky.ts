/**
 * Writes the factor L of A + ridge·I = L·Lᵀ, where A is symmetric and given by its lower triangle, by rows. False, and an
 * unfinished factor, when that is not positive definite.
 */
export function factorise(matrix: Float64Array, factor: Float64Array, size: number, ridge: number): boolean {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]! + (row === column ? ridge : 0)
      for (let place = 0; place < column; place++) {
        sum -= factor[row * size + place]! * factor[column * size + place]!
      }
      if (row !== column) factor[row * size + column] = sum / factor[column * size + column]!
      else if (sum > 0) factor[row * size + row] = Math.sqrt(sum)
      else return false
    }
  }
  return true
}

/** Solves L·Lᵀ·x = b; x takes the place of b. */
export function substitute(factor: Float64Array, vector: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    let sum = vector[row]!
    for (let column = 0; column < row; column++) sum -= factor[row * size + column]! * vector[column]!
    vector[row] = sum / factor[row * size + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = vector[row]!
    for (let below = row + 1; below < size; below++) sum -= factor[below * size + row]! * vector[below]!
    vector[row] = sum / factor[row * size + row]!
  }
}
