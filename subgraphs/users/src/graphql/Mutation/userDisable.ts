import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { disableUser } from '../../account/disable-user.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const userDisable: MutationResolvers['userDisable'] = (_, { userId }, context) =>
  payload('user', () => disableUser(context, fromGlobalId('User', userId)))
