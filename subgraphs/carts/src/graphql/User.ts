import { fromGlobalId } from '@cartograph/global-ids'
import type { UserResolvers } from '../generated/resolvers.ts'

export const User: UserResolvers = {
  cart: ({ id }, _, { loaders }) => loaders.activeCartOfUser.load(fromGlobalId('User', id)),
}
