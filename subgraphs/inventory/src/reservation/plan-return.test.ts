import { expect, test } from 'vitest'
import { planReturn } from './plan-return.ts'

const sold = [
  { variantId: 'shirt', stockLevelId: 'shirt-annex', quantity: 2 },
  { variantId: 'shirt', stockLevelId: 'shirt-main', quantity: 3 },
  { variantId: 'mug', stockLevelId: 'mug-main', quantity: 0 },
]
const shirts = (...quantities: number[]) => quantities.map((quantity) => ({ variantId: 'shirt', quantity }))

test.each([
  ['to the first place it came from', shirts(2), [['shirt-annex', 2]], []],
  [
    'on to the next, lines of one variant together',
    shirts(3, 1),
    [
      ['shirt-annex', 2],
      ['shirt-main', 2],
    ],
    [],
  ],
  [
    'never more than were sold',
    shirts(9),
    [
      ['shirt-annex', 2],
      ['shirt-main', 3],
    ],
    [],
  ],
  ['nothing, when all of it is back', [{ variantId: 'mug', quantity: 1 }], [], []],
  ['elsewhere, what was never sold', [{ variantId: 'hat', quantity: 4 }], [], [['hat', 4]]],
])('%s', (_, returned, toReservation, elsewhere) => {
  expect(planReturn(returned, sold)).toEqual({
    toReservation: toReservation.map(([stockLevelId, quantity]) => ({ stockLevelId, quantity })),
    elsewhere: elsewhere.map(([variantId, quantity]) => ({ variantId, quantity })),
  })
})
