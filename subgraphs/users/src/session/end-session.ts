import type { Database } from '../database.ts'
import type { UsersServices } from '../account/users-request.ts'
import { tellSessionsEnded } from './tell-sessions-ended.ts'

/** Ends one session of a user and has the gateway told, in the transaction. Answers whether it was alive until now. */
export async function endSession(
  tx: Database,
  services: Pick<UsersServices, 'outbox' | 'tellsGateways'>,
  { sessionId, userId }: { readonly sessionId: string; readonly userId: string },
  now: Date,
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { id: sessionId, userId, revokedAt: null },
    data: { revokedAt: now },
  })
  if (count > 0) await tellSessionsEnded(tx, services, userId, [sessionId], now)
  return count > 0
}
