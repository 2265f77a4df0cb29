import { Refused } from '@cartograph/error-catalogue'
import type { Database } from '../database.ts'
import { wrongPassword } from './account-refusals.ts'
import type { ConfirmedAccount } from './confirm-password.ts'

/**
 * Holds an account until the transaction ends, if its password is still the one that was confirmed; else refuses: of two
 * changes at once, one wins, and the other was asked for with a password that is none any more.
 */
export async function holdAccount(tx: Database, { id, passwordHash }: ConfirmedAccount): Promise<void> {
  const held = await tx.$queryRaw<object[]>`
    select id from user_account where id = ${id}::uuid and password_hash = ${passwordHash} for update`
  if (held.length === 0) throw new Refused([wrongPassword])
}
