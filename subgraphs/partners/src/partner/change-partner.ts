import { notFound, Refused } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import type { PartnerEventKind } from '../audit/partner-event.ts'
import { recordPartnerEvent } from '../audit/record-partner-event.ts'
import type { Database } from '../database.ts'
import type { PartnersServices } from './partners-services.ts'
import type { Partner } from './partner.ts'
import { tellPartnerChanged } from './tell-partner-changed.ts'

/** What has come of a change, and who is to know: gateways and the audit trail, the trail alone, or nobody. */
export interface PartnerChange<Outcome> {
  readonly outcome: Outcome
  readonly changed: 'gateways' | 'records' | 'nothing'
}

/**
 * Runs `change` in a transaction that holds the partner, so that changes of one come one after the other, and writes
 * there what others are to know. Refuses, at `partnerId`, a partner that is not there. What `change` throws takes all back.
 */
export async function changePartner<Outcome>(
  services: PartnersServices,
  viewer: Viewer,
  partnerId: string,
  kind: PartnerEventKind,
  change: (tx: Database, partner: Partner) => Promise<PartnerChange<Outcome>>,
): Promise<Outcome> {
  const { db, outbox, now } = services
  return outbox.wakingAfter<Database>(db).$transaction(async (tx) => {
    const partner = await lockPartner(tx, partnerId)
    const { outcome, changed } = await change(tx, partner)
    if (changed === 'nothing') return outcome
    const at = now()
    await recordPartnerEvent(tx, viewer, { kind, partnerId, at })
    if (changed === 'gateways') {
      const data = { version: { increment: 1 } }
      const { version } = await tx.partner.update({ where: { id: partnerId }, data, select: { version: true } })
      await tellPartnerChanged(tx, services, { partnerId, version, at })
    }
    return outcome
  })
}

async function lockPartner(tx: Database, partnerId: string): Promise<Partner> {
  const [partner] = await tx.$queryRaw<Partner[]>`
    select id, name, scopes, points_per_minute as "pointsPerMinute", created_at as "createdAt"
    from partner where id = ${partnerId}::uuid for no key update`
  if (!partner) throw new Refused([notFound('The partner does not exist.', ['partnerId'])])
  return partner
}
