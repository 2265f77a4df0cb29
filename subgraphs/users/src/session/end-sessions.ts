import type { Database } from '../database.ts'

export interface EndedSessions {
  /** The session that lives on, the asker's own; null to end all. */
  readonly except: string | null
  readonly now: Date
}

/**
 * Ends a user's sessions but `except`, in the transaction of what makes them doubtful, and answers how many were alive.
 * None of them can be refreshed from then on; their access tokens are good for ten minutes at most. A refresh at the same
 * time may still answer, once.
 */
export async function endSessions(tx: Database, userId: string, { except, now }: EndedSessions): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, revokedAt: null, ...(except !== null && { id: { not: except } }) },
    data: { revokedAt: now },
  })
  return count
}
