import { expect, test } from 'vitest'
import { aimTable } from './aims.ts'

test('is met below the aim, not at it, by the figure before it is rounded', () => {
  const aim = { aim: 'answer', below: 10, unit: 'ms' }
  expect(
    aimTable([
      { ...aim, measured: 9.994 },
      { ...aim, measured: 9.999 },
      { ...aim, measured: 10 },
      { aim: 'ratio', below: 12, unit: '', measured: 12.345 },
      { aim: 'none', below: 12, unit: '', measured: Number.NaN },
    ]),
  ).toBe(`| | aim | measured | met |
|---|---|---|---|
| answer | under 10 ms | 9.99 ms | yes |
| answer | under 10 ms | 10 ms | yes |
| answer | under 10 ms | 10 ms | no |
| ratio | under 12 | 12.35 | no |
| none | under 12 | NaN | no |`)
})
