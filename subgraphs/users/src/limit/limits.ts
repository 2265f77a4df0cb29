/** How often something that can be guessed may be tried. Within a window the first tries cost no waiting. */
export interface Limit {
  /** Tells the counts of this limit from those of others. */
  readonly name: string
  /** When the count begins anew, from the first try of it. */
  readonly windowMs: number
  readonly freeTries: number
  /** The wait after the last free try; it doubles with each further one, up to the longest. */
  readonly firstDelayMs: number
  readonly longestDelayMs: number
}

/**
 * Passwords tried for one e-mail address: 98 a day at most. NIST SP 800-63B, section 5.2.2 (3.2.2 in revision 4), allows no
 * more than 100 wrong ones in a row, without end; here the count begins anew each day, so that an owner who never signs in
 * is not shut out for ever. The OWASP Authentication Cheat Sheet prefers waits that grow to a lock. Whoever goes on guessing
 * keeps the owner waiting too; their open sessions go on, and a password reset begins the count anew.
 */
export const passwordTries: Limit = {
  name: 'password',
  windowMs: 24 * 3_600_000,
  freeTries: 5,
  firstDelayMs: 1_000,
  longestDelayMs: 1_024_000,
}

/**
 * Tries from one network address, whatever is tried: one password for a thousand accounts (OWASP Credential Stuffing
 * Prevention Cheat Sheet). An office behind one address has `freeTries` at once, and then one each ten seconds.
 */
export const triesFromAddress = (freeTries: number): Limit => ({
  name: 'address',
  windowMs: 10 * 60_000,
  freeTries,
  firstDelayMs: 10_000,
  longestDelayMs: 10_000,
})

/**
 * Mails with a link that one address is sent because somebody asks for it: anybody may ask, and nobody is to be flooded
 * (OWASP Forgot Password Cheat Sheet).
 */
export const mailsToAddress: Limit = {
  name: 'mail',
  windowMs: 24 * 3_600_000,
  freeTries: 5,
  firstDelayMs: 60_000,
  longestDelayMs: 3_600_000,
}

/** The wait after the `tries`th try of a window. */
export function delayAfter({ freeTries, firstDelayMs, longestDelayMs }: Limit, tries: number): number {
  return tries < freeTries ? 0 : Math.min(firstDelayMs * 2 ** (tries - freeTries), longestDelayMs)
}
