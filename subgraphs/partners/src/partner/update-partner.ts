import type { Viewer } from '@cartograph/viewer'
import type { PartnersServices } from './partners-services.ts'
import { changePartner } from './change-partner.ts'
import { checkPartner, type PartnerSettings } from './check-partner.ts'
import type { Partner } from './partner.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

/** Changes what is given. What is so already is left: it has no record, and nobody is told. */
export async function updatePartner(
  services: PartnersServices,
  viewer: Viewer,
  partnerId: string,
  input: PartnerSettings,
): Promise<Partner> {
  const given = checkPartner(input)
  return refuseTakenName(() =>
    changePartner(services, viewer, partnerId, 'PARTNER_UPDATED', async (tx, before) => {
      const { name = before.name, scopes = before.scopes, pointsPerMinute = before.pointsPerMinute } = given
      const after: Partner = { ...before, name, scopes, pointsPerMinute }
      if (JSON.stringify(after) === JSON.stringify(before)) return { outcome: before, changed: 'nothing' }
      await tx.partner.update({
        where: { id: partnerId },
        data: { name, scopes: [...scopes], pointsPerMinute },
        select: { id: true },
      })
      return { outcome: after, changed: 'gateways' }
    }),
  )
}
