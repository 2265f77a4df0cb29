import type { Database } from '../database.ts'
import type { Partner } from './partner.ts'

/** The partners that there are of these. */
export async function findPartners(db: Database, ids: readonly string[]): Promise<Partner[]> {
  return db.partner.findMany({ where: { id: { in: [...ids] } } })
}
