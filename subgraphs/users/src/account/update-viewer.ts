import { refuseIfAny } from '@cartograph/error-catalogue'
import type { CurrencyCode } from '@cartograph/money'
import type { Database } from '../database.ts'
import { checkDisplayName } from './account-rules.ts'
import { findOwnAccount } from './find-own-account.ts'
import type { User } from './user.ts'

export interface ViewerChanges {
  readonly displayName?: string | undefined
  readonly preferredCurrency?: CurrencyCode | undefined
}

/** Changes what is given of one's own account. Throws UNAUTHENTICATED when it is erased. */
export async function updateViewer(
  db: Database,
  userId: string,
  { displayName, preferredCurrency }: ViewerChanges,
): Promise<User> {
  const problems = displayName === undefined ? [] : checkDisplayName(displayName, ['input', 'displayName'])
  refuseIfAny(problems)
  await db.user.updateMany({
    where: { id: userId },
    data: {
      ...(displayName !== undefined && { displayName: displayName.trim() }),
      ...(preferredCurrency !== undefined && { preferredCurrency }),
    },
  })
  return findOwnAccount(db, userId)
}
