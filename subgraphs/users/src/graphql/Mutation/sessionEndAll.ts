import { payload } from '@cartograph/error-catalogue'
import { toGlobalId } from '@cartograph/global-ids'
import { signedInUserId } from '@cartograph/viewer'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { signOutEverywhere } from '../../session/sign-out-everywhere.ts'

export const sessionEndAll: MutationResolvers['sessionEndAll'] = (_, { exceptCurrent }, context) =>
  payload('endedSessionIds', async () => {
    const except = exceptCurrent ? context.viewer.sessionId : null
    const ended = await signOutEverywhere(context, signedInUserId(context), except)
    return ended.map((id) => toGlobalId('DeviceSession', id))
  })
