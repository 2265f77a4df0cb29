import type { Database } from '../database.ts'
import { hashPassword, isHashedAsNow } from '../session/password.ts'

/**
 * Hashes a password anew, which its owner has just shown, where its hash was made with other parameters than hashes are
 * now. One that was changed meanwhile stays as it is. Throws OVERLOADED when too many passwords wait already.
 */
export async function rehashPassword(
  db: Database,
  { id, passwordHash }: { readonly id: string; readonly passwordHash: string | null },
  password: string,
): Promise<void> {
  if (passwordHash === null || isHashedAsNow(passwordHash)) return
  const renewed = await hashPassword(password)
  await db.user.updateMany({ where: { id, passwordHash }, data: { passwordHash: renewed } })
}
