import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

test('one turn comes in each round of the event loop, in the order in which they were asked for', async () => {
  const turns = new Turns()
  const taken: number[] = []
  for (let index = 0; index < 3; index += 1) void turns.take().then(() => taken.push(index))
  const seen: number[][] = []
  while (taken.length < 3) {
    await setImmediate()
    seen.push([...taken])
  }
  expect(seen.slice(-3)).toEqual([[0], [0, 1], [0, 1, 2]])
})
