import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import type { SecurityEventKind } from './security-event.ts'

/**
 * Records what has happened, in the transaction in which it does: it is there if, and only if, that commits. Who did it
 * and from where is the viewer's, unless `actorId` says otherwise. Takes no free text, so that no secret gets in.
 */
export async function recordSecurityEvent(
  tx: Database,
  viewer: Viewer,
  event: {
    readonly kind: SecurityEventKind
    readonly userId: string | null
    readonly actorId?: string | null
    readonly sessionId?: string | null
    readonly at: Date
  },
): Promise<void> {
  const { kind, userId, actorId = viewer.userId, sessionId = null, at } = event
  const { clientAddress, requestId } = viewer
  await tx.securityEvent.create({
    data: { kind, userId, actorId, sessionId, clientAddress, requestId, at },
    select: { id: true },
  })
}
