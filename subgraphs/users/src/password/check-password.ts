import { invalidInput, type UserErrorData } from '@cartograph/error-catalogue'
import { isCommonPassword } from './common-passwords.ts'
import { normalizePassword } from './normalize-password.ts'

/** Whose password it shall be. */
export interface PasswordOwner {
  readonly email: string
  readonly displayName: string
}

/** Of a text longer than this nothing is looked at: normalising it would be work for whoever sends it. */
const longestText = 1_000

/**
 * The rules of NIST SP 800-63B-4, 3.1.1.2, for a password that is chosen: 8 to 128 code points, any of them, and none
 * that an attacker tries first, which are the common ones and the owner's own e-mail address and name. Case does not
 * make a difference there.
 */
export async function checkPassword(password: string, path: string[], owner: PasswordOwner): Promise<UserErrorData[]> {
  const chosen = password.length > longestText ? null : normalizePassword(password)
  const length = chosen === null ? Infinity : [...chosen].length
  if (chosen === null || length < 8 || length > 128) return [invalidInput('A password has 8 to 128 characters.', path)]
  if (await isCommonPassword(chosen)) return [invalidInput('Too many people use this password. Choose another.', path)]
  const isOwn = [owner.email, owner.displayName].some((text) => foldedCase(text.trim()) === foldedCase(chosen))
  return isOwn ? [invalidInput('A password is neither your e-mail address nor your name.', path)] : []
}

const foldedCase = (text: string) => normalizePassword(text).toLowerCase()
