import { notFound, Refused, validationError } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import { changePartner } from '../partner/change-partner.ts'
import type { PartnersServices } from '../partner/partners-services.ts'
import { type Manifest, manifestStatus } from './manifest.ts'

/**
 * Says until when a version runs: one that is past ends it now, and null lets it go on without an end. Refuses a version that has
 * ended, for whoever used it has been told so.
 */
export async function sunsetManifest(
  services: PartnersServices,
  viewer: Viewer,
  manifestId: string,
  sunset: Date | null,
): Promise<Manifest> {
  const found = await services.db.manifest.findUnique({ where: { id: manifestId }, select: { partnerId: true } })
  if (!found) throw new Refused([notFound('The manifest does not exist.', ['manifestId'])])
  return changePartner(services, viewer, found.partnerId, 'MANIFEST_SUNSET', async (tx, { id: partnerId }) => {
    const at = services.now()
    const manifest = await tx.manifest.findUniqueOrThrow({ where: { id: manifestId } })
    if (manifestStatus(manifest, at) === 'RETIRED')
      throw new Refused([validationError('MANIFEST_RETIRED', 'The manifest has ended.', ['manifestId'])])
    const sunsetAt = sunset !== null && sunset < at ? at : sunset
    if (sunsetAt?.getTime() === manifest.sunsetAt?.getTime()) return { outcome: manifest, changed: 'nothing' }
    const newer = await tx.manifest.count({ where: { partnerId, version: { gt: manifest.version } } })
    const deprecatedAt = sunsetAt === null && newer === 0 ? null : (manifest.deprecatedAt ?? at)
    const outcome = await tx.manifest.update({ where: { id: manifestId }, data: { sunsetAt, deprecatedAt } })
    return { outcome, changed: 'gateways' }
  })
}
