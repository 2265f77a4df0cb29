// NIST SP 800-63B, section 4.1.3 (2.1.3 in revision 4), and the OWASP Session Management Cheat Sheet ask for an end that
// use does not put off, beside one that idleness brings: a stolen session must not live for ever. NIST would have it after
// 30 days; a shop keeps no means of payment, and its customers come by every few weeks.

/** A session that is not renewed for this long is over. */
export const idleLifetimeMs = 30 * 24 * 3_600_000

/** A session is over this long after signing in, however often it was renewed. */
export const absoluteLifetimeMs = 90 * 24 * 3_600_000

/** Until when a refresh token is good that is handed out `now`, in a session that was opened at `createdAt`. */
export function refreshTokenExpiry(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + idleLifetimeMs, createdAt.getTime() + absoluteLifetimeMs))
}
