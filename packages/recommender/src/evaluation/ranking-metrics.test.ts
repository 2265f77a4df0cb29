import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureRanking } from './ranking-metrics.ts'

const second = 1 / Math.log2(3)
const rankings = fc.uniqueArray(fc.nat(30), { maxLength: 15 }).map((items) => Uint32Array.from(items))
const relevantSets = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 15 }).map((items) => new Set(items))

describe('the metrics of a ranking', () => {
  test.each([
    ['nothing found', [7, 8], [1], { ndcg: 0, recall: 0, hitRate: 0 }],
    ['nothing ranked', [], [1], { ndcg: 0, recall: 0, hitRate: 0 }],
    ['the one at the second place', [7, 1], [1], { ndcg: second, recall: 1, hitRate: 1 }],
    ['one of two, at the third place', [7, 8, 1], [1, 2], { ndcg: 0.5 / (1 + second), recall: 0.5, hitRate: 1 }],
    ['at the eleventh place', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [10], { ndcg: 0, recall: 0, hitRate: 0 }],
  ])('%s', (_, ranking, relevant, metrics) => {
    expect(measureRanking(Uint32Array.from(ranking), new Set(relevant))).toEqual(metrics)
  })

  test('are those of the best for ten of more than ten relevant items, but recall', () => {
    const relevant = Array.from({ length: 20 }, (_, item) => item)
    expect(measureRanking(Uint32Array.from(relevant), new Set(relevant))).toEqual({ ndcg: 1, recall: 0.5, hitRate: 1 })
  })

  test('are from 0 to 1, and all 0 or none', () => {
    fc.assert(
      fc.property(rankings, relevantSets, (ranking, relevant) => {
        const values = Object.values(measureRanking(ranking, relevant))
        expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
        expect(Math.max(...values)).toBeLessThanOrEqual(1)
        expect(new Set(values.map((value) => value > 0)).size).toBe(1)
      }),
    )
  })

  test('are 1 in NDCG exactly where relevant items come first', () => {
    fc.assert(
      fc.property(rankings, relevantSets, (ranking, relevant) => {
        const first = ranking.subarray(0, Math.min(10, relevant.size))
        const isIdeal = first.length === Math.min(10, relevant.size) && first.every((item) => relevant.has(item))
        expect(measureRanking(ranking, relevant).ndcg === 1).toBe(isIdeal)
        const ideal = Uint32Array.from([...relevant, ...ranking.filter((item) => !relevant.has(item))])
        expect(measureRanking(ideal, relevant).ndcg).toBe(1)
      }),
    )
  })
})
