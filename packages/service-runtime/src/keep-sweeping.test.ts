import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepSweeping } from './keep-sweeping.ts'
import type { Logger } from './logger.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function sweepingOf(sweep: () => Promise<number>) {
  const logged: string[] = []
  const log = (level: string) => (fields: object, text: string) =>
    void logged.push(`${level} ${text} ${JSON.stringify(fields)}`)
  const logger = { info: log('info'), error: log('error') } as unknown as Logger
  return {
    logged,
    sweeping: keepSweeping({ everyMs: 1_000, atOnce: true, sweep, logger, done: 'swept', failed: 'not swept' }),
  }
}

test('sweeps at once and then every so often, says what it found, and goes on after a failure', async () => {
  const found = [2, 0, new Error('away'), 1]
  const { logged, sweeping } = sweepingOf(async () => {
    const next = found.shift()!
    if (next instanceof Error) throw next
    return next
  })
  await vi.advanceTimersByTimeAsync(3_000)
  expect(logged).toEqual(['info swept {"count":2}', 'error not swept {"err":{}}', 'info swept {"count":1}'])
  await sweeping.stop()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(found).toEqual([])
})

test('unless it is to begin at once, the first is after a while', async () => {
  let swept = 0
  const sweep = async () => (swept += 1)
  const logger = { info() {} } as unknown as Logger
  const sweeping = keepSweeping({ everyMs: 1_000, sweep, logger, done: '', failed: '' })
  await vi.advanceTimersByTimeAsync(999)
  expect(swept).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(swept).toBe(1)
  await sweeping.stop()
})

test('one that takes long is not joined by another, and stopping waits for it', async () => {
  let begun = 0
  let end = (_: number) => {}
  const { sweeping } = sweepingOf(() => {
    begun += 1
    return new Promise((resolve) => (end = resolve))
  })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(begun).toBe(1)
  let stopped = false
  const stopping = sweeping.stop().then(() => (stopped = true))
  await vi.advanceTimersByTimeAsync(5_000)
  expect([begun, stopped]).toEqual([1, false])
  end(0)
  await stopping
  expect(stopped).toBe(true)
})
