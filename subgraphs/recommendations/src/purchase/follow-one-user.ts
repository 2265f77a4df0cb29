import type { Database } from '../database.ts'

/**
 * Waits for whoever is writing of this user, and makes others wait until the transaction ends: what is learnt while they
 * are forgotten would otherwise stay theirs.
 */
export async function followOneUser(tx: Database, userId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${userId}::text, 1))::text`
}
