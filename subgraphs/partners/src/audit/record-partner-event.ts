import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import type { PartnerEventKind } from './partner-event.ts'

/** Adds to the audit trail, in the transaction of what it tells of, who asked for it and from where. */
export async function recordPartnerEvent(
  tx: Database,
  viewer: Viewer,
  event: { readonly kind: PartnerEventKind; readonly partnerId: string; readonly at: Date },
): Promise<void> {
  const { kind, partnerId, at } = event
  const { clientAddress, requestId } = viewer
  await tx.partnerEvent.create({
    data: { kind, partnerId, actorId: viewer.userId, clientAddress, requestId, at },
    select: { id: true },
  })
}
