import type { partnerAccess } from '@cartograph/contracts'
import type { z } from 'zod'
import type { Database } from '../database.ts'

type Answer = z.input<typeof partnerAccess.answer>

/** For so long gateways can say of what has ended that it has, and not only that they do not know it. */
const rememberedMs = 30 * 24 * 3_600_000

/** What gateways need to know to let partners in, in three statements. It is at least as new as the versions that it names. */
export async function answerPartnerAccess(db: Database, partnerIds: readonly string[], now: Date): Promise<Answer> {
  // First, and by itself: what is changed meanwhile is then told with a version that is too low, and asked for again.
  const partners = await db.partner.findMany({ where: { id: { in: [...partnerIds] } }, orderBy: { id: 'asc' } })
  const since = new Date(now.getTime() - rememberedMs)
  const ofPartners = { partnerId: { in: [...partnerIds] } }
  const [keys, manifests] = await Promise.all([
    db.partnerKey.findMany({
      where: { ...ofPartners, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: since } }] },
      orderBy: { id: 'asc' },
    }),
    db.manifest.findMany({
      where: { ...ofPartners, OR: [{ sunsetAt: null }, { sunsetAt: { gt: since } }] },
      orderBy: { version: 'desc' },
    }),
  ])
  const [keysOf, manifestsOf] = [Map.groupBy(keys, partnerOf), Map.groupBy(manifests, partnerOf)]
  return partners.map(({ id, version, name, scopes, pointsPerMinute }) => ({
    partnerId: id,
    version,
    name,
    scopes,
    pointsPerMinute,
    keys: (keysOf.get(id) ?? []).map((key) => ({
      keyId: key.id,
      hash: Buffer.from(key.hash).toString('base64url'),
      expiresAt: textOf(key.expiresAt),
    })),
    manifests: (manifestsOf.get(id) ?? []).map((manifest) => ({
      manifestId: manifest.id,
      version: manifest.version,
      deprecatedAt: textOf(manifest.deprecatedAt),
      sunsetAt: textOf(manifest.sunsetAt),
    })),
  }))
}

const partnerOf = ({ partnerId }: { readonly partnerId: string }) => partnerId
const textOf = (at: Date | null) => at?.toISOString() ?? null
