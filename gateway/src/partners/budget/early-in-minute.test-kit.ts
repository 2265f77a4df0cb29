import { randomUUID } from 'node:crypto'
import { eventually } from '@cartograph/test-kit'
import { expect } from 'vitest'
import type { PointsLedger } from './points-ledger.ts'

/** So that none of a test falls into the next minute; what is not wanted is not granted. */
export const earlyInMinute = (ledger: PointsLedger) =>
  eventually(
    async () =>
      expect((await ledger.take(randomUUID(), { budget: 1, need: 0, want: 0 })).msToReset).toBeGreaterThan(10_000),
    { timeoutMs: 15_000 },
  )
