import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SymmetricMatrix } from './symmetric-matrix.ts'

/** XᵀX + λI as a matrix and as plain rows. */
function gram(rows: readonly (readonly number[])[], size: number, ridge: number): [SymmetricMatrix, number[][]] {
  const matrix = new SymmetricMatrix(size)
  const plain = Array.from({ length: size }, () => Array.from({ length: size }, () => 0))
  for (let one = 0; one < size; one++) {
    for (let other = 0; other <= one; other++) {
      const value = rows.reduce((sum, row) => sum + row[one]! * row[other]!, one === other ? ridge : 0)
      matrix.add(one, other, value)
      plain[one]![other] = value
      plain[other]![one] = value
    }
  }
  return [matrix, plain]
}

function assertInverse(matrix: SymmetricMatrix, plain: readonly (readonly number[])[]): void {
  let worst = 0
  for (const [row, values] of plain.entries()) {
    for (let column = 0; column < plain.length; column++) {
      const product = values.reduce((sum, value, at) => sum + value * matrix.at(at, column), 0)
      worst = Math.max(worst, Math.abs(product - (row === column ? 1 : 0)))
    }
  }
  expect(worst).toBeLessThan(1e-10)
}

describe('the inverse of a symmetric matrix', () => {
  test('of two by two is the one of the book', () => {
    const matrix = new SymmetricMatrix(2)
    for (const [row, column, value] of [
      [0, 0, 2],
      [0, 1, 1],
      [1, 1, 3],
    ] as const)
      matrix.add(row, column, value)
    matrix.invert()
    expect(matrix.at(0, 0)).toBeCloseTo(3 / 5, 15)
    expect(matrix.at(0, 1)).toBeCloseTo(-1 / 5, 15)
    expect(matrix.at(1, 0)).toBe(matrix.at(0, 1))
    expect(matrix.at(1, 1)).toBeCloseTo(2 / 5, 15)
  })

  // One tile and its edges, several, and a last one that is full.
  test.each([1, 3, 63, 64, 65, 130, 192])('times the matrix of size %i is the identity', (size) => {
    const bits = fc.sample(fc.array(fc.nat(1), { minLength: size, maxLength: size }), { numRuns: 40, seed: size })
    const [matrix, plain] = gram(bits, size, 3)
    matrix.invert()
    assertInverse(matrix, plain)
  })

  test('is refused where it is not positive definite', () => {
    const matrix = new SymmetricMatrix(2)
    matrix.add(0, 0, 1)
    matrix.add(0, 1, 2)
    matrix.add(1, 1, 1)
    expect(() => matrix.invert()).toThrow('The matrix is not positive definite.')
  })
})
