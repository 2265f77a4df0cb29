import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Outcome, Trial } from './comparison/trial.ts'
import { operations, seed } from './env.ts'
import { type FaultRates, noFaults } from './faults/faults.ts'
import { ArbitraryOperations } from './operations/arbitrary-operation.ts'
import { writeOperation } from './operations/write-operation.ts'
import { supergraphs } from './supergraphs/all.ts'

const operationsEach = Math.ceil(operations / supergraphs.length)

/** Ever worse weather; the smallest failing operation is looked for in the best. */
const weathers: readonly FaultRates[] = [
  noFaults,
  { nullField: 20, error: 20, codedError: 15, missingEntity: 40, brokenEntity: 50, lie: 0, subgraphDown: 60 },
  { ...noFaults, lie: 30 },
]

describe.each(supergraphs)('on $name', (sources) => {
  test(
    `${String(operationsEach)} operations are answered as by @apollo/gateway`,
    { timeout: 60_000 + operationsEach * 200 },
    async () => {
      const trial = await Trial.of(sources)
      const outcomes: Record<Outcome, number> = {
        agreed: 0,
        invalid: 0,
        unplannable: 0,
        'badly planned': 0,
        'given up': 0,
      }
      const run = await fc.check(
        fc.asyncProperty(
          new ArbitraryOperations(trial.schema, sources.depth).operation(),
          fc.constantFrom(...weathers),
          fc.nat(),
          async (model, rates, faultSeed) => {
            outcomes[await trial.run(writeOperation(trial.schema, model), faultSeed, rates)] += 1
          },
        ),
        { numRuns: operationsEach, seed },
      )
      if (run.failed) {
        const shrunk = `DIFFERENTIAL_SEED=${String(run.seed)}, made smaller ${String(run.numShrinks)} times`
        throw new Error(`${shrunk}\n${(run.errorInstance as Error).message}`)
      }
      // Enough of what is tried must be compared, or agreement says nothing.
      expect(outcomes.invalid / operationsEach).toBeLessThan(0.02)
      expect(outcomes.agreed / operationsEach).toBeGreaterThan(0.8)
    },
  )
})
