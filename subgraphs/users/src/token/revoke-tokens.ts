import type { Database } from '../database.ts'

/**
 * Takes back every link that an account has been sent: after a change of its password or its address, none that was
 * asked for before it may undo it. To be called while the account's row is held.
 */
export async function revokeTokens(tx: Database, userId: string, now: Date): Promise<void> {
  await tx.oneTimeToken.updateMany({ where: { userId, endedAt: null }, data: { endedAt: now } })
}
