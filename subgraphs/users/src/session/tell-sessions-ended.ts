import { mostSessionsOfOneEvent, sessionsEnded } from '@cartograph/contracts'
import type { Database } from '../database.ts'
import type { UsersServices } from '../account/users-request.ts'

/**
 * Has the gateway told, in the transaction in which they ended, that no access token of these sessions is good any
 * more. Without a gateway to tell they are good until they expire.
 */
export async function tellSessionsEnded(
  tx: Database,
  { outbox, tellsGateways }: Pick<UsersServices, 'outbox' | 'tellsGateways'>,
  userId: string,
  sessionIds: readonly string[],
  now: Date,
): Promise<void> {
  if (!tellsGateways) return
  for (let from = 0; from < sessionIds.length; from += mostSessionsOfOneEvent) {
    await outbox.publish(tx, sessionsEnded, {
      aggregateId: userId,
      // Ends commute, so nobody needs their order; the time is one that needs no counter.
      aggregateVersion: now.getTime(),
      occurredAt: now,
      payload: { sessionIds: sessionIds.slice(from, from + mostSessionsOfOneEvent), at: now.toISOString() },
    })
  }
}
