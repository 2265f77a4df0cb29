import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../database.ts'
import { refreshTokenExpiry } from './session-lifetime.ts'

/** What is kept of a refresh token: enough to recognise it, too little to use it. */
export function refreshTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}

/** A new token of the session, 256 random bits; only its hash is kept, and which token it follows. */
export async function issueRefreshToken(
  db: Database,
  session: { readonly id: string; readonly createdAt: Date },
  predecessorHash: Uint8Array<ArrayBuffer> | null,
  now: Date,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = refreshTokenExpiry(session.createdAt, now)
  await db.refreshToken.create({
    data: { hash: refreshTokenHash(token), sessionId: session.id, predecessorHash, expiresAt },
  })
  return token
}
