import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { endSessions } from './end-sessions.ts'
import type { UsersRequest } from '../account/users-request.ts'

/** Ends all of the user's sessions, or all but the one that is excepted, and answers which those were. */
export async function signOutEverywhere(
  request: UsersRequest,
  userId: string,
  except: string | null,
): Promise<string[]> {
  const at = request.now()
  return tellingTransaction(request, async (tx) => {
    const ended = await endSessions(tx, request, userId, { except, now: at })
    if (ended.length === 0) return ended
    const { sessionId } = request.viewer
    await recordSecurityEvent(tx, request.viewer, { kind: 'SIGNED_OUT_EVERYWHERE', userId, sessionId, at })
    return ended
  })
}
