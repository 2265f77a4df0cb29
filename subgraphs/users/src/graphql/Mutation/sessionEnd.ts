import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { signedInUserId } from '@cartograph/viewer'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { signOutDevice } from '../../session/sign-out-device.ts'

export const sessionEnd: MutationResolvers['sessionEnd'] = (_, { sessionId }, context) =>
  payload('endedSessionId', async () => {
    await signOutDevice(context, signedInUserId(context), fromGlobalId('DeviceSession', sessionId))
    return sessionId
  })
