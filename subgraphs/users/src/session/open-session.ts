import { Refused } from '@cartograph/error-catalogue'
import type { User } from '../account/user.ts'
import { recordSecurityEvent } from '../audit/record-security-event.ts'
import { forgetAttempts } from '../limit/forget-attempts.ts'
import { passwordTries } from '../limit/limits.ts'
import { issueRefreshToken } from './refresh-token.ts'
import type { UsersRequest } from '../account/users-request.ts'
import type { SignedInSession } from './session.ts'
import { sessionScopes } from './session-scopes.ts'
import { invalidCredentials } from './session-refusals.ts'

/** How somebody has shown who they are; an account that was just opened is its opener's. */
export interface SignInProof {
  /** What their password was verified against. */
  readonly passwordHash?: string | null
  /** The provider that has sent them. */
  readonly provider?: string | null
}

/**
 * Signs `user` in: a new session with its first refresh token, written together; wrong tries before it are forgotten.
 * Refuses a disabled account, also one that is being disabled at this moment: either this comes first and the session
 * ends with the others, or there is none. The same holds of a change of the password, where `passwordHash` is what the
 * password was verified against.
 */
export async function openSession(
  request: UsersRequest,
  user: User,
  { passwordHash = null, provider = null }: SignInProof = {},
): Promise<SignedInSession> {
  const { db, signer, staffSignIn, now, viewer } = request
  const at = now()
  const { sessionId, refreshToken } = await db.$transaction(async (tx) => {
    const held = await tx.$queryRaw<unknown[]>`
      select id from user_account where id = ${user.id}::uuid and disabled_at is null
        and (${passwordHash}::text is null or password_hash = ${passwordHash}) for share`
    if (held.length === 0) throw new Refused([invalidCredentials])
    const { id } = await tx.session.create({
      data: { userId: user.id, createdAt: at, lastUsedAt: at, provider },
      select: { id: true },
    })
    await forgetAttempts(tx, passwordTries, user.email)
    await recordSecurityEvent(tx, viewer, { kind: 'SIGNED_IN', userId: user.id, actorId: user.id, sessionId: id, at })
    return { sessionId: id, refreshToken: await issueRefreshToken(tx, { id, createdAt: at }, null, at) }
  })
  const scopes = sessionScopes(user.roles, provider, staffSignIn)
  const { token, expiresAt } = await signer.sign({ userId: user.id, sessionId, scopes }, at)
  return { sessionId, accessToken: token, refreshToken, expiresAt, viewer: user, scopes }
}
