import type { CurrencyCode } from '@cartograph/money'
import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import { type LineAddition, planAddition } from './cart-rules.ts'
import type { CartServices } from './cart-services.ts'
import { cartTokenHash, newCartToken } from './cart-token.ts'
import { type Cart, cartColumns, cartOf, type CartRow, type WrittenCart } from './cart.ts'
import { findActiveCartsOfUsers, findLinesOfCarts } from './find-carts.ts'
import { prepareAddition } from './prepare-addition.ts'
import { writeLines } from './write-lines.ts'

export interface OpenedCart extends WrittenCart {
  /** What a guest proves with that the cart is theirs; null for a user's. */
  readonly token: string | null
}

/** Who is to have the cart: a user, or whoever holds the token. */
type Owner = { readonly userId: string; readonly token: null } | { readonly userId: null; readonly token: string }

/**
 * The active cart of the user, or a new one; for a guest always a new one. Of several opening one at once all get the
 * same. `additions` go into it in the same transaction: when they are refused, no cart is left behind.
 */
export async function openCart(
  services: CartServices,
  viewer: Viewer,
  currencyCode: CurrencyCode,
  additions: readonly LineAddition[],
): Promise<OpenedCart> {
  const { db } = services
  const owner: Owner =
    viewer.userId === null ? { userId: null, token: newCartToken() } : { userId: viewer.userId, token: null }
  if (additions.length === 0) {
    const [active] = owner.userId === null ? [] : await findActiveCartsOfUsers(db, [owner.userId])
    return { cart: active ?? (await activeCartOf(db, owner, currencyCode, 1)), lines: null, token: owner.token }
  }
  const addition = await prepareAddition(services, viewer, additions)
  return db.$transaction(async (tx) => {
    // Version 0 until the lines are written, and so never seen by another.
    const cart = await activeCartOf(tx, owner, currencyCode, 0)
    const lines = cart.version === 0 ? [] : await findLinesOfCarts(tx, [cart.id])
    const written = await writeLines(
      tx,
      cart,
      lines,
      planAddition({ currencyCode: cart.currencyCode, lines }, addition),
    )
    return { ...written, token: owner.token }
  })
}

/** The owner's active cart, made with `version` when there is none, and held if in a transaction. */
async function activeCartOf(
  db: Database,
  { userId, token }: Owner,
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
