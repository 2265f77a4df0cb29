import { listUsers } from '../../account/list-users.ts'
import type { QueryResolvers } from '../../generated/resolvers.ts'

export const users: QueryResolvers['users'] = (_, { query, ...page }, { db }) =>
  listUsers(db, query?.trim() || null, page)
