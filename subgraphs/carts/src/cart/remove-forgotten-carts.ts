import type { Database } from '../database.ts'

/**
 * Removes the carts of users whose account is erased that `forgetUser` could not see, because they were opened in the same
 * moment and not committed yet. Answers how many.
 */
export async function removeForgottenCarts(db: Database): Promise<number> {
  return db.$executeRaw`delete from cart c using deleted_user d where d.user_id = c.user_id`
}
