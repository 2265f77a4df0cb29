import { createHash, randomBytes } from 'node:crypto'

/** What the use of a token does. */
export type TokenPurpose = 'VERIFY_EMAIL' | 'RESET_PASSWORD' | 'CHANGE_EMAIL'

/** How long a token is good for, from the request on. Whoever resets a password waits for the mail; others may not. */
export const tokenLifetimeMs: Readonly<Record<TokenPurpose, number>> = {
  VERIFY_EMAIL: 24 * 3_600_000,
  RESET_PASSWORD: 30 * 60_000,
  CHANGE_EMAIL: 24 * 3_600_000,
}

/** Whose a token is, and the address that it was sent to. */
export interface TokenHolder {
  readonly userId: string
  readonly email: string
}

/** 256 random bits, in characters that a URL takes as they are. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token. A fast hash is enough for what nobody can guess (NIST SP 800-63B-4, 3.1.2.2). */
export function hashOfToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
