import { notFound, Refused } from '@cartograph/error-catalogue'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { endSession } from './end-session.ts'
import type { UsersRequest } from '../account/users-request.ts'

/** Ends one of the user's own sessions, on whatever device. Refuses one that has ended, or is somebody else's. */
export async function signOutDevice(request: UsersRequest, userId: string, sessionId: string): Promise<void> {
  const at = request.now()
  await tellingTransaction(request, async (tx) => {
    if (!(await endSession(tx, request, { sessionId, userId }, at)))
      throw new Refused([notFound('There is no such session, or it has ended.', ['sessionId'])])
    await recordSecurityEvent(tx, request.viewer, { kind: 'SIGNED_OUT', userId, sessionId, at })
  })
}
