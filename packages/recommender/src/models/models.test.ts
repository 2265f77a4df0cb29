import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TopItems } from '../top-items.ts'
import { factorise, substitute } from './cholesky.ts'
import { entryOf, gramMatrix } from './gram-matrix.ts'
import { regressNeighbourhoods } from './neighbourhood-regression.ts'
import { fitSoftmaxRegression } from './softmax-regression.ts'
import { type SparseRows, SparseRowsBuilder, transpose } from './sparse-rows.ts'

/** Small matrices of small whole numbers, whose products a Float32 holds exactly. */
const matrix = (width: number) =>
  fc.array(fc.array(fc.nat(3), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 })

function sparse(rows: number[][], width: number): SparseRows {
  const builder = new SparseRowsBuilder(width)
  for (const row of rows) {
    for (const [column, value] of row.entries()) if (value > 0) builder.add(column, value)
    builder.endRow()
  }
  return builder.build()
}

const product = (x: number[][], y: number[][], row: number, column: number) =>
  x.reduce((sum, values, place) => sum + values[row]! * y[place]![column]!, 0)

describe('gramMatrix', () => {
  test('is the product of the one transposed and the other', () => {
    fc.assert(
      fc.property(matrix(5), matrix(5), (x, other) => {
        const y = x.map((_, place) => other[place % other.length]!)
        const gram = gramMatrix(sparse(x, 5), sparse(y, 5))
        for (let row = 0; row < 5; row++) {
          for (let column = 0; column < 5; column++) {
            expect(entryOf(gram, row, column)).toBe(product(x, y, row, column))
          }
        }
      }),
    )
  })

  test('twice transposed is the same', () => {
    fc.assert(
      fc.property(matrix(4), (rows) => {
        const once = sparse(rows, 4)
        expect(transpose(transpose(once))).toEqual(once)
      }),
    )
  })
})

describe('regressNeighbourhoods', () => {
  test('within a neighbourhood of everything is EASE: -P[i][j] / P[j][j] with P the inverse of XᵀX + ridge·I', () => {
    fc.assert(
      fc.property(matrix(4), fc.integer({ min: 1, max: 10 }), (rows, ridge) => {
        const gram = gramMatrix(sparse(rows, 4), sparse(rows, 4))
        const weights = regressNeighbourhoods(gram, gram, { neighbours: 4, ridge, own: false })
        const inverse = inverseOf(
          Array.from({ length: 4 }, (_, row) =>
            Array.from({ length: 4 }, (__, column) => product(rows, rows, row, column) + (row === column ? ridge : 0)),
          ),
        )
        for (let input = 0; input < 4; input++) {
          for (let target = 0; target < 4; target++) {
            const expected = input === target ? 0 : -inverse[input]![target]! / inverse[target]![target]!
            // An input that never meets the target, directly, has no weight here, and a little in EASE.
            if (product(rows, rows, input, target) === 0 && input !== target) continue
            const isWhole = Array.from({ length: 4 }, (_, other) => other).every(
              (other) => other === target || product(rows, rows, other, target) > 0,
            )
            if (isWhole || input === target) expect(entryOf(weights, input, target)).toBeCloseTo(expected, 5)
          }
        }
      }),
    )
  })

  test('an item speaks for itself where it may', () => {
    const bought = sparse(
      [
        [1, 0],
        [1, 0],
        [0, 1],
      ],
      2,
    )
    const next = sparse(
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      2,
    )
    const weights = regressNeighbourhoods(gramMatrix(bought, bought), gramMatrix(next, bought), {
      neighbours: 2,
      ridge: 1,
      own: true,
    })
    // Item 0 was bought before two of its three purchases, item 1 before the third: 2/(2+1) and 1/(1+1).
    expect(entryOf(weights, 0, 0)).toBeCloseTo(2 / 3, 6)
    expect(entryOf(weights, 1, 0)).toBeCloseTo(1 / 2, 6)
    expect(entryOf(weights, 1, 1)).toBe(0)
  })

  test('keeps the nearest neighbours alone', () => {
    const rows = sparse(
      [
        [1, 1, 0],
        [1, 1, 0],
        [1, 0, 1],
      ],
      3,
    )
    const gram = gramMatrix(rows, rows)
    const weights = regressNeighbourhoods(gram, gram, { neighbours: 1, ridge: 1, own: false })
    // Two of three customers of item 0 have item 1; with one neighbour the weight is 2 / (2 + ridge).
    expect(entryOf(weights, 1, 0)).toBeCloseTo(2 / 3, 6)
    expect(entryOf(weights, 2, 0)).toBe(0)
  })
})

describe('cholesky', () => {
  test('solves what it factors', () => {
    // [[4, 2], [2, 3]] + 1·I = [[5, 2], [2, 4]]; times [1, 2] is [9, 10].
    const factor = new Float64Array(4)
    expect(factorise(Float64Array.of(4, 0, 2, 3), factor, 2, 1)).toBe(true)
    const vector = Float64Array.of(9, 10)
    substitute(factor, vector, 2)
    expect([...vector].map((value) => Number(value.toFixed(12)))).toEqual([1, 2])
  })

  test('says when a matrix is not positive definite', () => {
    expect(factorise(Float64Array.of(1, 0, 2, 1), new Float64Array(4), 2, 0)).toBe(false)
  })
})

describe('fitSoftmaxRegression', () => {
  const choice = (chosen: boolean[]) => ({ features: Float64Array.of(1, 0), chosen })

  test('finds the odds of what was chosen', () => {
    const choices = [choice([true, false]), choice([true, false]), choice([true, false]), choice([false, true])]
    const [weight] = fitSoftmaxRegression(choices, { prior: Float64Array.of(0), priorStrength: 0 })
    expect(weight).toBeCloseTo(Math.log(3), 6)
  })

  test('stays with the prior where nothing was chosen, or everything', () => {
    const prior = Float64Array.of(0.7)
    const choices = [choice([false, false]), choice([true, true])]
    expect(fitSoftmaxRegression(choices, { prior, priorStrength: 1 })).toEqual(prior)
  })

  test('moves from the prior as far as the choices say', () => {
    const few = fitSoftmaxRegression([choice([true, false])], { prior: Float64Array.of(-2), priorStrength: 1 })[0]!
    const many = fitSoftmaxRegression(
      Array.from({ length: 100 }, () => choice([true, false])),
      { prior: Float64Array.of(-2), priorStrength: 1 },
    )[0]!
    expect(few).toBeGreaterThan(-2)
    expect(many).toBeGreaterThan(few)
    expect(few).toBeLessThan(0)
    expect(many).toBeGreaterThan(2)
  })
})

describe('TopItems', () => {
  test('are the first of all sorted by score, then by item', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 30 }), fc.nat(8), (scores, most) => {
        const top = new TopItems(most)
        for (const [item, score] of scores.entries()) top.offer(item, score)
        const sorted = [...scores.keys()].toSorted((one, other) => scores[other]! - scores[one]! || one - other)
        expect([...top.items]).toEqual(sorted.slice(0, most))
        expect([...top.scores]).toEqual(sorted.slice(0, most).map((item) => scores[item]))
      }),
    )
  })

  test('hold nothing without a score', () => {
    const top = new TopItems(3)
    for (const score of [Number.NaN, Number.NEGATIVE_INFINITY]) top.offer(1, score)
    expect([...top.items]).toEqual([])
  })
})

/** By Gauss and Jordan. */
function inverseOf(square: number[][]): number[][] {
  const size = square.length
  const rows = square.map((row, place) => [...row, ...row.map((_, column) => Number(column === place))])
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = rows[pivot]![pivot]!
    rows[pivot] = rows[pivot]!.map((value) => value / scale)
    for (let other = 0; other < size; other++) {
      const factor = other === pivot ? 0 : rows[other]![pivot]!
      rows[other] = rows[other]!.map((value, column) => value - factor * rows[pivot]![column]!)
    }
  }
  return rows.map((row) => row.slice(size))
}
