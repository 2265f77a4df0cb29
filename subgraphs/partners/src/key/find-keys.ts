import type { Database } from '../database.ts'
import type { PartnerKey } from './partner-key.ts'

/** All keys of partners, the newest first, in one statement. */
export async function findKeysOfPartners(db: Database, partnerIds: readonly string[]): Promise<PartnerKey[]> {
  return db.partnerKey.findMany({
    where: { partnerId: { in: [...partnerIds] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    omit: { hash: true },
  })
}
