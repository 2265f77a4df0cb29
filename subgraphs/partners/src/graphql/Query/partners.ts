import type { QueryResolvers } from '../../generated/resolvers.ts'
import { listPartners } from '../../partner/list-partners.ts'

export const partners: QueryResolvers['partners'] = (_, page, { db }) => listPartners(db, page)
