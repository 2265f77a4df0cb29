import { requestError } from '@cartograph/error-catalogue'
import type { CurrencyCode } from '@cartograph/money'
import type { Database } from '../database.ts'
import { cartTokenHash } from './cart-token.ts'
import { type Cart, cartColumns, cartOf, type CartRow } from './cart.ts'

/** Who is to have the cart: a user, or whoever holds the token. */
export type CartOwner =
  { readonly userId: string; readonly token: null } | { readonly userId: null; readonly token: string }

/**
 * The owner's active cart, made with `version` when there is none, and held if in a transaction. Of several at once all
 * get the same. Throws UNAUTHENTICATED for a user whose account is erased.
 */
export async function activeCartOf(
  db: Database,
  { userId, token }: CartOwner,
  currencyCode: CurrencyCode,
  version: number,
): Promise<Cart> {
  const tokenHash = token === null ? null : cartTokenHash(token)
  // An update that changes nothing, unlike `do nothing`, waits for a racing opener, holds the row and returns it.
  const rows = await db.$queryRaw<CartRow[]>`
    insert into cart as c (user_id, token_hash, currency_code, version)
    select ${userId}::uuid, ${tokenHash}::bytea, ${currencyCode}::"CurrencyCode", ${version}::int
    where not exists (select from deleted_user d where d.user_id = ${userId}::uuid)
    on conflict (user_id) where status = 'ACTIVE' do update set user_id = excluded.user_id
    returning ${cartColumns}`
  const [row] = rows
  if (!row) throw requestError('UNAUTHENTICATED', 'The account does not exist any more.')
  const cart = cartOf(row)
  return { ...cart, access: { ...cart.access, openedByViewer: true } }
}
