import { partnerChanged } from '@cartograph/contracts'
import type { Database } from '../database.ts'
import type { PartnersServices } from './partners-services.ts'

/** Has gateways told, in the transaction that changed it, that a partner is at this version now. */
export async function tellPartnerChanged(
  tx: Database,
  { outbox, tellsGateways }: Pick<PartnersServices, 'outbox' | 'tellsGateways'>,
  { partnerId, version, at }: { readonly partnerId: string; readonly version: number; readonly at: Date },
): Promise<void> {
  if (!tellsGateways) return
  await outbox.publish(tx, partnerChanged, {
    aggregateId: partnerId,
    aggregateVersion: version,
    occurredAt: at,
    payload: { partnerId },
  })
}
