import { setImmediate as nextTurn } from 'node:timers/promises'
import { eventually } from '@cartograph/test-kit'
import { afterEach, expect, test } from 'vitest'
import { Load, type Shed } from './load.ts'

let load: Load
afterEach(() => load.stop())

/** Keeps the event loop busy, `ms` each time round, until so much is shed. */
async function keepBusy(ms: number, until: Shed): Promise<void> {
  while (load.shed !== until) {
    const end = performance.now() + ms
    while (performance.now() < end);
    await nextTurn()
  }
}

test('an event loop that is late each time round sheds most, a later one all, and one that goes round again nothing', async () => {
  load = new Load({ mostInFlight: 10, mostLoopDelayMs: 50 })
  expect(load.shed).toBe('nothing')
  await keepBusy(120, 'most')
  await keepBusy(400, 'all')
  await eventually(() => expect(load.shed).toBe('nothing'))
})

test('requests in flight shed most above the limit, and all above one and a half of it', () => {
  load = new Load({ mostInFlight: 4, mostLoopDelayMs: 10_000 })
  const shed = () => load.shed
  const under = Array.from({ length: 4 }, () => load.begin())
  expect(shed()).toBe('nothing')
  const above = [load.begin(), load.begin()]
  expect(shed()).toBe('most')
  const last = load.begin()
  expect(shed()).toBe('all')
  last()
  expect(shed()).toBe('most')
  for (const end of above) end()
  expect(shed()).toBe('nothing')
  for (const end of under) end()
})
