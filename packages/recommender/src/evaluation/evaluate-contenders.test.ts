import { describe, expect, test } from 'vitest'
import type { Contender } from './contender.ts'
import { evaluateContenders } from './evaluate-contenders.ts'
import { logOf } from './logs.test-kit.ts'
import { splitLog } from './split-log.ts'

const split = splitLog(logOf(4, [0, 1, [0]], [0, 5, [1]], [1, 1, [1, 2]], [1, 5, [0]], [2, 6, [3]]), 4)
const always = (items: number[]): Contender => ({
  name: items.join(' '),
  kind: 'baseline',
  answers: ['discovery'],
  fit: async () => () => Uint32Array.from(items),
})
const evaluate = (...contenders: Contender[]) =>
  evaluateContenders(split, ['discovery'], contenders, { onFit: () => {} })

describe('contenders', () => {
  test('are scored by means over the customers, and by the share of what was sold that they show', async () => {
    const byCustomer: Contender = {
      ...always([]),
      fit: async () => (history) => Uint32Array.from(history.orders[0]!.items[0] === 0 ? [2, 1] : [0]),
    }
    const { questions } = await evaluate(byCustomer)
    const ndcg = (1 / Math.log2(3) + 1) / 2
    expect(questions).toEqual([
      {
        question: 'discovery',
        customers: 2,
        scores: [{ name: '', kind: 'baseline', ndcg, recall: 1, hitRate: 1, coverage: 1 }],
      },
    ])
  })

  test('are told apart by the questions they answer; who answers none is not fitted', async () => {
    const fitted: string[] = []
    const contenders = [always([3]), { ...always([0]), answers: ['next-basket'] } as Contender]
    const { questions, fitting } = await evaluateContenders(split, ['discovery'], contenders, {
      onFit: (name) => fitted.push(name),
    })
    expect(fitted).toEqual(['3'])
    expect(fitting.map(({ name }) => name)).toEqual(['3'])
    expect(questions[0]!.scores).toEqual([
      { name: '3', kind: 'baseline', ndcg: 0, recall: 0, hitRate: 0, coverage: 1 / 3 },
    ])
  })

  test.each([
    ['an item twice', [3, 3]],
    ['an item that was bought', [0]],
    ['more than was asked for', Array.from({ length: 11 }, (_, at) => at + 4)],
  ])('that rank %s are refused', async (_, items) => {
    await expect(evaluate(always(items))).rejects.toThrow(
      /answers discovery with more than was asked for, an item twice/,
    )
  })
})
