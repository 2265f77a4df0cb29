import { expect, test } from 'vitest'
import { applyOpenLoad } from './open-load.ts'

test('sends every request while the first is not answered, and counts its wait from its arrival', async () => {
  const first = Promise.withResolvers<void>()
  const sent: number[] = []
  const { requests, latencies, delays } = await applyOpenLoad({
    perSecond: 100,
    seconds: 0.2,
    send: async (n) => {
      sent.push(n)
      // A load that waited for answers would never come to the last request.
      if (n === 19) first.resolve()
      if (n === 0) await first.promise
    },
  })
  expect(requests).toBe(20)
  expect(sent).toEqual(Array.from({ length: 20 }, (_, n) => n))
  expect(latencies).toHaveLength(20)
  expect(delays).toHaveLength(20)
  expect(latencies[19]).toBeGreaterThanOrEqual(190)
  expect(delays[0]).toBeGreaterThanOrEqual(0)
  expect(latencies).toEqual(latencies.toSorted())
})

test('counts what the sender was late as latency', async () => {
  const { latencies, delays } = await applyOpenLoad({
    perSecond: 1000,
    seconds: 0.02,
    send: async (n) => {
      const until = performance.now() + 50
      // Holds this process up, so that all the others are sent after their time.
      if (n === 0) while (performance.now() < until);
    },
  })
  expect(delays[19]).toBeGreaterThanOrEqual(49)
  expect(latencies[0]).toBeGreaterThanOrEqual(31)
})

test('ends with the first failure, and sends no more', async () => {
  const sent: number[] = []
  const load = applyOpenLoad({
    perSecond: 100,
    seconds: 10,
    send: async (n) => {
      sent.push(n)
      if (n === 2) throw new Error('refused')
    },
  })
  await expect(load).rejects.toThrow('refused')
  expect(sent).toEqual([0, 1, 2])
})
