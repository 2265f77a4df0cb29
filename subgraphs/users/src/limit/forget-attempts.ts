import type { Database } from '../database.ts'
import { attemptKey } from './attempt-key.ts'
import type { Limit } from './limits.ts'

/** Begins the count of a subject anew, when it has shown that it is no guesser. */
export async function forgetAttempts(tx: Database, limit: Limit, subject: string): Promise<void> {
  await tx.attemptLimit.deleteMany({ where: { key: attemptKey(limit, subject) } })
}
