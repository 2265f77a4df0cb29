import { countUsers } from '../account/list-users.ts'
import type { UserConnectionResolvers } from '../generated/resolvers.ts'

export const UserConnection: UserConnectionResolvers = {
  totalCount: ({ query }, _, { db }) => countUsers(db, query),
}
