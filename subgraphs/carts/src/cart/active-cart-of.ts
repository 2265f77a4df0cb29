import type { CurrencyCode } from '@cartograph/money'
import type { Database } from '../database.ts'
import { cartTokenHash } from './cart-token.ts'
import { type Cart, cartColumns, cartOf, type CartRow } from './cart.ts'

/** Who is to have the cart: a user, or whoever holds the token. */
export type CartOwner =
  { readonly userId: string; readonly token: null } | { readonly userId: null; readonly token: string }

/**
 * The owner's active cart, made with `version` when there is none, and held if in a transaction. Of several at once all
 * get the same.
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
    values (${userId}::uuid, ${tokenHash}::bytea, ${currencyCode}::"CurrencyCode", ${version}::int)
    on conflict (user_id) where status = 'ACTIVE' do update set user_id = excluded.user_id
    returning ${cartColumns}`
  const cart = cartOf(rows[0]!)
  return { ...cart, access: { ...cart.access, openedByViewer: true } }
}
