import { expect, test } from 'vitest'
import { eventually } from './eventually.ts'

test('resolves with what the first assertion that holds returned', async () => {
  let calls = 0
  const third = () => {
    calls += 1
    if (calls < 3) throw new Error('not yet')
    return calls
  }
  expect(await eventually(third)).toBe(3)
})

test('rethrows the last error after the timeout', async () => {
  let calls = 0
  const never = () => Promise.reject(new Error(`call ${++calls}`))
  await expect(eventually(never, { timeoutMs: 50 })).rejects.toThrow(/^call \d+$/)
  expect(calls).toBeGreaterThan(1)
})

test('gives up an assertion that does not settle', async () => {
  const hanging = eventually(() => new Promise(() => {}), { timeoutMs: 30 })
  await expect(hanging).rejects.toThrow('did not settle within 30 ms')
})
