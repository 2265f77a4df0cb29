import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'

export async function recordPartnerEvent(
  tx: Database,
  viewer: Viewer,
  event: { readonly kind: string; readonly partnerId: string; readonly at: Date },
): Promise<void> {
  const { kind, partnerId, at } = event
  const { clientAddress, requestId } = viewer
  await tx.partnerEvent.create({
    data: { kind, partnerId, actorId: viewer.userId, clientAddress, requestId, at },
    select: { id: true },
  })
}
