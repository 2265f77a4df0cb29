import type { Viewer } from '@cartograph/viewer'
import { recordPartnerEvent } from '../audit/record-partner-event.ts'
import type { Database } from '../database.ts'
import type { PartnersServices } from './partners-services.ts'
import { checkPartner } from './check-partner.ts'
import type { Partner } from './partner.ts'
import { refuseTakenName } from './refuse-taken-name.ts'
import { tellPartnerChanged } from './tell-partner-changed.ts'

/** Adds a partner, without keys and manifests. Of two with one name, also at once, one is refused. */
export async function createPartner(
  services: PartnersServices,
  viewer: Viewer,
  input: Pick<Partner, 'name' | 'scopes' | 'pointsPerMinute'>,
): Promise<Partner> {
  const { db, outbox, now } = services
  const { name, scopes, pointsPerMinute } = checkPartner(input)
  return refuseTakenName(() =>
    outbox.wakingAfter<Database>(db).$transaction(async (tx) => {
      const at = now()
      const partner = await tx.partner.create({ data: { name, scopes: [...scopes], pointsPerMinute, createdAt: at } })
      await recordPartnerEvent(tx, viewer, { kind: 'PARTNER_CREATED', partnerId: partner.id, at })
      await tellPartnerChanged(tx, services, { partnerId: partner.id, version: partner.version, at })
      return partner
    }),
  )
}
