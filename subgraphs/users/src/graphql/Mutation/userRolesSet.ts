import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { setRoles } from '../../account/set-roles.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const userRolesSet: MutationResolvers['userRolesSet'] = (_, { userId, roles }, context) =>
  payload('user', () => setRoles(context, fromGlobalId('User', userId), roles))
