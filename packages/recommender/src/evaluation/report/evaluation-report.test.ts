import { expect, test } from 'vitest'
import type { ContenderScore } from '../evaluate-contenders.ts'
import { advantagesOf, evaluationReport } from './evaluation-report.ts'
import { printReport } from './print-report.ts'

const score = (name: string, kind: ContenderScore['kind'], ndcg: number): ContenderScore => ({
  name,
  kind,
  ndcg,
  recall: 0.5,
  hitRate: 1,
  coverage: 0.25,
})
const scores = [score('plain', 'baseline', 0.2), score('better', 'baseline', 0.25), score('as good', 'baseline', 0.25)]

test('a model of ours is compared to the best baseline, the first of equals', () => {
  expect(advantagesOf([...scores, score('mine', 'served', 0.3), score('worse', 'served', 0.2)])).toEqual([
    { name: 'mine', baseline: 'better', percent: expect.closeTo(20, 10) },
    { name: 'worse', baseline: 'better', percent: expect.closeTo(-20, 10) },
  ])
  expect(advantagesOf(scores)).toEqual([])
  expect(advantagesOf([score('mine', 'served', 0.3)])).toEqual([])
  expect(advantagesOf([score('none', 'baseline', 0), score('mine', 'served', 0.3)])).toEqual([
    { name: 'mine', baseline: 'none', percent: null },
  ])
})

test('a report shows the data, a table for each question and what fitting took', () => {
  const data = { protocol: 'temporal-split', file: 'a.csv', lines: 1234, orders: 99, customers: 12, items: 4 } as const
  const cutoff = { at: new Date('2011-09-15T00:00:00Z'), isGiven: false }
  const evaluation = {
    questions: [
      {
        question: 'next-basket',
        customers: 7,
        scores: [score('better', 'baseline', 0.25), score('mine', 'served', 0.2)],
      },
      { question: 'discovery', customers: 0, scores: [] },
    ],
    fitting: [{ name: 'mine', seconds: 1.26 }],
  } as const
  expect(printReport(evaluationReport({ ...data, cutoff }, evaluation, 1500 * 1024 ** 2)).split('\n')).toEqual([
    '',
    '  a.csv: 1,234 lines, 99 orders, 12 customers, 4 items; cutoff 2011-09-15T00:00:00.000Z (90 % of the time span); scored customers 7 (next basket), 0 (never bought before)',
    '',
    '  Next basket, 7 customers',
    '  model   NDCG@10  recall@10  hit rate@10  coverage',
    '  better   0.2500     0.5000       1.0000    0.2500',
    '  mine     0.2000     0.5000       1.0000    0.2500',
    '  ours: mine -20.0 % NDCG@10 against better',
    '',
    '  Never bought before, 0 customers',
    '  nobody to score',
    '',
    '  Fitting: mine 1.3 s; peak RSS 1,500 MiB',
    '',
    '',
  ])
})
