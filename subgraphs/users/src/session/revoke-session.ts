import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { endSession } from './end-session.ts'
import { refreshTokenHash } from './refresh-token.ts'
import type { UsersRequest } from '../account/users-request.ts'

/** Ends the session of a refresh token, used or not. Answers whether that session was alive until now. */
export async function revokeSession(request: UsersRequest, refreshToken: string): Promise<boolean> {
  const at = request.now()
  return tellingTransaction(request, async (tx) => {
    const [session] = await tx.$queryRaw<{ sessionId: string; userId: string }[]>`
      select s.id as "sessionId", s.user_id as "userId" from refresh_token t join session s on s.id = t.session_id
      where t.hash = ${refreshTokenHash(refreshToken)}`
    if (!session || !(await endSession(tx, request, session, at))) return false
    // Whoever holds the token is the user, signed in or not.
    const actorId = session.userId
    await recordSecurityEvent(tx, request.viewer, { kind: 'SIGNED_OUT', ...session, actorId, at })
    return true
  })
}
