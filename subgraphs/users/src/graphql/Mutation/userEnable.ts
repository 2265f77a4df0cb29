import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { enableUser } from '../../account/enable-user.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const userEnable: MutationResolvers['userEnable'] = (_, { userId }, context) =>
  payload('user', () => enableUser(context, fromGlobalId('User', userId)))
