import { refreshTokenHash } from './refresh-token.ts'
import type { SessionServices } from './session.ts'

/** Ends the session of a refresh token, used or not. Answers whether that session was alive until now. */
export async function revokeSession(
  { db, now }: Pick<SessionServices, 'db' | 'now'>,
  refreshToken: string,
): Promise<boolean> {
  const { count } = await db.session.updateMany({
    where: { revokedAt: null, refreshTokens: { some: { hash: refreshTokenHash(refreshToken) } } },
    data: { revokedAt: now() },
  })
  return count > 0
}
