import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The header in which a page proves that it may read what its own origin was told. */
export const csrfHeader = 'csrf-token'

/**
 * A CSRF token of the session under the newest of `secrets`: an HMAC over the session's id and a random value, and that
 * value. It is good for as long as the session, and for no other: the signed double-submit cookie of OWASP's
 * Cross-Site Request Forgery Prevention Cheat Sheet.
 */
export function csrfTokenOf(secrets: readonly string[], sessionId: string): string {
  const random = randomBytes(32).toString('base64url')
  return `${digest(secrets[0]!, sessionId, random).toString('base64url')}.${random}`
}

/** Whether a live secret made `token` for this session. Compares in constant time. */
export function isCsrfTokenOf(secrets: readonly string[], sessionId: string, token: unknown): boolean {
  const [, mac, random] = /^([\w-]{43})\.([\w-]{43})$/.exec(typeof token === 'string' ? token : '') ?? []
  if (mac === undefined || random === undefined) return false
  const given = Buffer.from(mac, 'base64url')
  return secrets.some((secret) => timingSafeEqual(given, digest(secret, sessionId, random)))
}

function digest(secret: string, sessionId: string, random: string): Buffer {
  // Lengths first, so that no two pairs share one input.
  const message = `csrf-v1!${sessionId.length}!${sessionId}!${random.length}!${random}`
  return createHmac('sha256', secret).update(message).digest()
}
