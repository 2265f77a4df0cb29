/**
 * The form in which a password is judged, hashed and verified: Unicode's NFKC, so that it is the same however a keyboard
 * composes its letters (NIST SP 800-63B-4, 3.1.1.2).
 */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC')
}
