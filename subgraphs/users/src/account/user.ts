import type { CurrencyCode } from '@cartograph/money'
import type { Role, Viewer } from '@cartograph/viewer'
import { Prisma } from '../database.ts'

export interface User {
  readonly id: string
  readonly email: string
  /** Whether its owner has shown that mails to it reach them. */
  readonly emailVerified: boolean
  readonly displayName: string
  readonly preferredCurrency: CurrencyCode
  readonly roles: Role[]
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

/** The columns of a User; the password's hash is not among them. */
export const userColumns = Prisma.sql`u.id, u.email, u.email_verified_at is not null as "emailVerified",
  u.display_name as "displayName", u.preferred_currency::text as "preferredCurrency", u.roles::text[] as roles,
  u.created_at as "createdAt", u.disabled_at as "disabledAt"`

/** Private facts of an account are its owner's, and those of staff who may read accounts. */
export function maySeePrivateFactsOf(viewer: Viewer, userId: string): boolean {
  return viewer.userId === userId || viewer.may('users:read')
}
