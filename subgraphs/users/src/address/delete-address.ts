import { notFound, Refused } from '@cartograph/error-catalogue'
import type { PrismaClient } from '../database.ts'

/** Removes a user's address; when it was the default one, the oldest that is left becomes it. */
export async function deleteAddress(db: PrismaClient, userId: string, addressId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from user_account where id = ${userId}::uuid for update`
    const { count } = await tx.address.deleteMany({ where: { id: addressId, userId } })
    if (count === 0) throw new Refused([notFound('The address does not exist.', ['addressId'])])
    await tx.$executeRaw`
      update address set is_default = true
      where id = (select id from address where user_id = ${userId}::uuid order by created_at, id limit 1)
        and not exists (select from address where user_id = ${userId}::uuid and is_default)`
  })
}
