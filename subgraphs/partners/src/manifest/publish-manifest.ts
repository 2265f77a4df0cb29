import { invalidInput, notFound, Refused, refuseIfAny } from '@cartograph/error-catalogue'
import { isOperationId } from '@cartograph/persisted-operations'
import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import { changePartner } from '../partner/change-partner.ts'
import { checkOperations } from './check-operations.ts'
import { findStoredOperations } from './find-stored-operations.ts'
import type { ManifestServices } from './manifest-services.ts'
import type { Manifest } from './manifest.ts'
import { storeOperations } from './store-operations.ts'
import { readSubmitted, type ReadOperations, type SubmittedOperation } from './submitted-operation.ts'
import { takenIds } from './taken-ids.ts'

const mostOperations = 1_000
const daysUntilSunset = 90
const dayMs = 24 * 3_600_000

export interface Publication {
  readonly partnerId: string
  readonly operations: readonly SubmittedOperation[]
  /** Until when earlier versions run; in 90 days unless said otherwise. */
  readonly sunsetPreviousAt: Date | null
}

/**
 * Makes operations the newest manifest of a partner, all or none: each is checked against what the partner may use, and priced.
 * Versions before are deprecated and get a sunset, unless theirs is earlier. With the operations of the newest manifest, while
 * that has no end, it answers that one and changes nothing. Of several publications at once one comes after the other.
 */
export async function publishManifest(
  services: ManifestServices,
  viewer: Viewer,
  { partnerId, operations: submitted, sunsetPreviousAt }: Publication,
): Promise<Manifest> {
  const at = services.now()
  refuseIfAny([
    ...(submitted.length === 0 || submitted.length > mostOperations
      ? [invalidInput(`A manifest has 1 to ${mostOperations} operations.`, ['operations'])]
      : []),
    ...(sunsetPreviousAt !== null && sunsetPreviousAt <= at
      ? [invalidInput('The versions before cannot have ended already.', ['sunsetPreviousAt'])]
      : []),
  ])
  const partner = await services.db.partner.findUnique({ where: { id: partnerId }, select: { scopes: true } })
  if (!partner) throw new Refused([notFound('The partner does not exist.', ['partnerId'])])
  const ids = submitted.map(({ id }) => id).filter(isOperationId)
  const stored = await findStoredOperations(services.db, partnerId, ids)
  const { read, problems } = readSubmitted(submitted, stored)
  // Before the partner is locked, for it takes a while.
  const api = await services.partnerApi()
  const checked = await checkOperations(api, read, partner.scopes)
  refuseIfAny([...problems, ...checked.problems, ...takenIds(read, stored)])
  const sunsetAt = sunsetPreviousAt ?? new Date(at.getTime() + daysUntilSunset * dayMs)
  return changePartner(services, viewer, partnerId, 'MANIFEST_PUBLISHED', async (tx, { scopes }) => {
    if (scopes.join() !== partner.scopes.join()) refuseIfAny((await checkOperations(api, read, scopes)).problems)
    const [newest] = await tx.manifest.findMany({ where: { partnerId }, orderBy: { version: 'desc' }, take: 1 })
    if (newest?.deprecatedAt === null && (await hasExactly(tx, newest.id, read)))
      return { outcome: newest, changed: 'nothing' }
    await storeOperations(tx, partnerId, read, at)
    await tx.$executeRaw`
      update manifest set deprecated_at = coalesce(deprecated_at, ${at}), sunset_at = least(sunset_at, ${sunsetAt})
      where partner_id = ${partnerId}::uuid and (sunset_at is null or sunset_at > ${at})`
    const manifest = await tx.manifest.create({
      data: { partnerId, version: (newest?.version ?? 0) + 1, publishedAt: at },
    })
    await tx.manifestOperation.createMany({
      data: read.map(({ id }) => ({
        manifestId: manifest.id,
        partnerId,
        operationId: id,
        cost: checked.costs.get(id)!,
      })),
    })
    return { outcome: manifest, changed: 'gateways' }
  })
}

async function hasExactly(tx: Database, manifestId: string, operations: ReadOperations['read']): Promise<boolean> {
  const rows = await tx.manifestOperation.findMany({ where: { manifestId }, select: { operationId: true } })
  const ids = new Set(rows.map(({ operationId }) => operationId))
  return ids.size === operations.length && operations.every(({ id }) => ids.has(id))
}
