import type { User } from '../account/user.ts'
import { issueRefreshToken } from './refresh-token.ts'
import type { SessionServices, SignedInSession } from './session.ts'

/** Signs `user` in: a new session with its first refresh token, written together. */
export async function openSession({ db, signer, now }: SessionServices, user: User): Promise<SignedInSession> {
  const at = now()
  const { sessionId, refreshToken } = await db.$transaction(async (tx) => {
    const { id } = await tx.session.create({ data: { userId: user.id, createdAt: at }, select: { id: true } })
    return { sessionId: id, refreshToken: await issueRefreshToken(tx, id, at) }
  })
  const { token, expiresAt } = await signer.sign(user, sessionId, at)
  return { accessToken: token, refreshToken, expiresAt, viewer: user }
}
