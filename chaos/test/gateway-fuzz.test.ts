import { expect, test } from 'vitest'
import { fuzzGateway } from '../src/gateway/fuzz-gateway.ts'

test('twenty seconds of bad requests: the gateway tells nothing, answers in codes, and goes on', async () => {
  const { attacks, complaints, samples, death, isWell } = await fuzzGateway({ seed: 1, seconds: 20, attackers: 16 })
  expect([...complaints]).toEqual([])
  expect(death).toBe(null)
  expect(samples.filter(({ isRight }) => !isRight)).toEqual([])
  expect(isWell).toBe(true)
  expect(attacks.size).toBeGreaterThan(60)
}, 90_000)
