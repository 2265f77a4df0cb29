import type { Database } from '../database.ts'
import { hashPassword, isHashedAsNow, isPasswordOf } from '../session/password.ts'

/**
 * Hashes a password anew, which its owner has just shown, where its hash was made with other parameters than hashes are
 * now. Answers the hash that the account has then: null for one whose password was changed meanwhile, which stays as it
 * is. Throws OVERLOADED when too many passwords wait already.
 */
export async function rehashPassword(
  db: Database,
  { id, passwordHash }: { readonly id: string; readonly passwordHash: string },
  password: string,
): Promise<string | null> {
  if (isHashedAsNow(passwordHash)) return passwordHash
  const renewed = await hashPassword(password)
  const { count } = await db.user.updateMany({ where: { id, passwordHash }, data: { passwordHash: renewed } })
  if (count === 1) return renewed
  // Another sign-in at the same moment has renewed it, or its owner has changed it.
  const account = await db.user.findUnique({ where: { id }, select: { passwordHash: true } })
  const current = account?.passwordHash ?? null
  return (await isPasswordOf(current, password)) ? current : null
}
