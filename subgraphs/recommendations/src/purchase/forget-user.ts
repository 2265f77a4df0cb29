import type { Database } from '../database.ts'
import { followOneUser } from './follow-one-user.ts'

/**
 * Forgets who bought what a user bought whose account is erased, and all else that they did; and remembers to learn
 * nothing of them later. What was bought stays, as a guest's: the rankings rest on it.
 */
export async function forgetUser(tx: Database, userId: string, deletedAt: string): Promise<void> {
  await followOneUser(tx, userId)
  await tx.$executeRaw`
    insert into deleted_user (user_id, deleted_at) values (${userId}::uuid, ${deletedAt}::timestamptz)
    on conflict (user_id) do nothing`
  await tx.purchase.updateMany({ where: { userId }, data: { userId: null } })
  await tx.interaction.deleteMany({ where: { userId } })
}
