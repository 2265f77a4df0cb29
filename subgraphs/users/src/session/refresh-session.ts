import { Refused, type UserErrorData } from '@cartograph/error-catalogue'
import { findUsers } from '../account/find-users.ts'
import { issueRefreshToken, refreshTokenHash } from './refresh-token.ts'
import type { SessionServices, SignedInSession } from './session.ts'

/**
 * Uses up a refresh token and hands out the next. Of two uses at once one wins. A token that was used before has been
 * stolen or copied: its whole session ends (RFC 9700, section 4.14.2).
 */
export async function refreshSession(
  { db, signer, now }: SessionServices,
  refreshToken: string,
): Promise<SignedInSession> {
  const at = now()
  const hash = refreshTokenHash(refreshToken)
  const next = await db.$transaction(async (tx) => {
    const { count } = await tx.refreshToken.updateMany({
      where: { hash, usedAt: null, expiresAt: { gt: at }, session: { revokedAt: null } },
      data: { usedAt: at },
    })
    const used = await tx.refreshToken.findUnique({
      where: { hash },
      select: { sessionId: true, usedAt: true, session: { select: { userId: true } } },
    })
    if (!used) return null
    if (count === 0) {
      if (used.usedAt)
        await tx.session.updateMany({ where: { id: used.sessionId, revokedAt: null }, data: { revokedAt: at } })
      return null
    }
    return {
      sessionId: used.sessionId,
      userId: used.session.userId,
      refreshToken: await issueRefreshToken(tx, used.sessionId, at),
    }
  })
  if (!next) throw new Refused([invalidToken])
  const viewer = (await findUsers(db, [next.userId]))[0]!
  const { token, expiresAt } = await signer.sign(viewer, next.sessionId, at)
  return { accessToken: token, refreshToken: next.refreshToken, expiresAt, viewer }
}

const invalidToken: UserErrorData = {
  __typename: 'InvalidTokenError',
  code: 'INVALID_TOKEN',
  message: 'The refresh token is unknown, used, expired or revoked. Sign in again.',
  path: ['refreshToken'],
}
