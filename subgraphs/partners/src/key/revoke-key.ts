import { notFound, Refused } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import { changePartner } from '../partner/change-partner.ts'
import type { PartnersServices } from '../partner/partners-services.ts'
import { isLive, type PartnerKey } from './partner-key.ts'

/** Ends a key for good. One that has ended, also by itself, is left as it is: it has no record, and nobody is told. */
export async function revokeKey(services: PartnersServices, viewer: Viewer, keyId: string): Promise<PartnerKey> {
  const found = await services.db.partnerKey.findUnique({ where: { id: keyId }, select: { partnerId: true } })
  if (!found) throw new Refused([notFound('The key does not exist.', ['keyId'])])
  return changePartner(services, viewer, found.partnerId, 'KEY_REVOKED', async (tx) => {
    const key = await tx.partnerKey.findUniqueOrThrow({ where: { id: keyId }, omit: { hash: true } })
    const revokedAt = services.now()
    if (!isLive(key, revokedAt)) return { outcome: key, changed: 'nothing' }
    await tx.partnerKey.update({ where: { id: keyId }, data: { revokedAt }, select: { id: true } })
    return { outcome: { ...key, revokedAt }, changed: 'gateways' }
  })
}
