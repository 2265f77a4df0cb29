import type { partnerVersions } from '@cartograph/contracts'
import type { z } from 'zod'
import type { Database } from '../database.ts'

/** At which version each partner is, in one statement. */
export async function answerPartnerVersions(db: Database): Promise<z.input<typeof partnerVersions.answer>> {
  return db.$queryRaw`select id as "partnerId", version from partner order by id`
}
