import { Refused } from '@cartograph/error-catalogue'
import { findUsers } from '../account/find-users.ts'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import type { Database } from '../database.ts'
import { tellingTransaction } from '../messaging/telling-transaction.ts'
import { endSession } from './end-session.ts'
import { findShownToken } from './find-shown-token.ts'
import { judgeRefresh } from './judge-refresh.ts'
import { issueRefreshToken, refreshTokenHash } from './refresh-token.ts'
import type { UsersRequest } from '../account/users-request.ts'
import type { SignedInSession } from './session.ts'
import { sessionScopes } from './session-scopes.ts'
import { invalidToken } from './session-refusals.ts'

/**
 * Uses up a refresh token and hands out the next; what `judgeRefresh` calls a reuse ends the session. Uses of one
 * session follow each other, and a session has one good token at any time.
 */
export async function refreshSession(request: UsersRequest, refreshToken: string): Promise<SignedInSession> {
  const at = request.now()
  const next = await tellingTransaction(request, (tx) => renew(tx, request, refreshTokenHash(refreshToken), at))
  if (!next) throw new Refused([invalidToken])
  const [viewer] = await findUsers(request.db, [next.userId])
  if (!viewer) throw new Refused([invalidToken])
  const { sessionId } = next
  const scopes = sessionScopes(viewer.roles, next.provider, request.staffSignIn)
  const { token, expiresAt } = await request.signer.sign({ userId: viewer.id, sessionId, scopes }, at)
  return { sessionId, accessToken: token, refreshToken: next.refreshToken, expiresAt, viewer, scopes }
}

/** Null where it is refused: an end that this brings must be kept, so nothing is thrown. */
async function renew(tx: Database, request: UsersRequest, hash: Uint8Array<ArrayBuffer>, at: Date) {
  const token = await findShownToken(tx, hash)
  if (!token) return null
  const { sessionId, userId } = token
  const verdict = judgeRefresh(token, at)
  if (verdict === 'refuse') return null
  if (verdict === 'reuse') {
    await endSession(tx, request, token, at)
    await recordSecurityEvent(tx, request.viewer, { kind: 'REFRESH_TOKEN_REUSED', userId, sessionId, at })
    return null
  }
  await tx.refreshToken.updateMany({
    where: { sessionId, usedAt: null, replacedAt: null },
    data: verdict === 'renew' ? { usedAt: at } : { replacedAt: at },
  })
  await tx.session.update({ where: { id: sessionId }, data: { lastUsedAt: at }, select: { id: true } })
  const session = { id: sessionId, createdAt: token.sessionCreatedAt }
  return { sessionId, userId, provider: token.provider, refreshToken: await issueRefreshToken(tx, session, hash, at) }
}
