import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../database.ts'

export const refreshTokenLifetimeMs = 30 * 24 * 3_600_000

/** What is kept of a refresh token: enough to recognise it, too little to use it. */
export function refreshTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}

/** A new token of the session, 256 random bits; only its hash is kept. */
export async function issueRefreshToken(db: Database, sessionId: string, now: Date): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db.refreshToken.create({
    data: { hash: refreshTokenHash(token), sessionId, expiresAt: new Date(now.getTime() + refreshTokenLifetimeMs) },
  })
  return token
}
