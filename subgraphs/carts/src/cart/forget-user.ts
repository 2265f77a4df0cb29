import type { Database } from '../database.ts'

/**
 * Removes every cart of a user whose account is erased, also one that a checkout holds, which has taken what it needs; and
 * remembers to open none for them later. Told again it changes nothing.
 */
export async function forgetUser(tx: Database, userId: string, deletedAt: string): Promise<void> {
  await tx.$executeRaw`
    insert into deleted_user (user_id, deleted_at) values (${userId}::uuid, ${deletedAt}::timestamptz)
    on conflict (user_id) do nothing`
  await tx.cart.deleteMany({ where: { userId } })
}
