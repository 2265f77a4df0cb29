import { Refused } from '@cartograph/error-catalogue'
import type { CurrencyCode } from '@cartograph/money'
import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import { activeCartOf, type CartOwner } from './active-cart-of.ts'
import { cartLocked } from './cart-refusals.ts'
import { type LineAddition, planAddition } from './cart-rules.ts'
import type { CartServices } from './cart-services.ts'
import { newCartToken } from './cart-token.ts'
import type { WrittenCart } from './cart.ts'
import { findActiveCartsOfUsers, findLinesOfCarts } from './find-carts.ts'
import { openGuestCart } from './open-guest-cart.ts'
import { prepareAddition } from './prepare-addition.ts'
import { tellLinesAdded } from './tell-lines-added.ts'
import { writeLines } from './write-lines.ts'

export interface OpenedCart extends WrittenCart {
  /** What a guest proves with that the cart is theirs; null for a user's. */
  readonly token: string | null
}

/**
 * The active cart of the user, or a new one; for a guest always a new one. Of several opening one at once all get the
 * same. `additions` go into it in the same transaction: when they are refused, no cart is left behind. Nothing goes into
 * one that a checkout holds. What is put into a user's cart is told of as an event.
 */
export async function openCart(
  services: CartServices,
  viewer: Viewer,
  currencyCode: CurrencyCode,
  additions: readonly LineAddition[],
): Promise<OpenedCart> {
  const { db, outbox } = services
  const owner: CartOwner =
    viewer.userId === null ? { userId: null, token: newCartToken() } : { userId: viewer.userId, token: null }
  if (additions.length === 0) {
    const [active] = owner.userId === null ? [] : await findActiveCartsOfUsers(db, [owner.userId])
    return { cart: active ?? (await activeCartOf(db, owner, currencyCode, 1)), lines: null, token: owner.token }
  }
  const addition = await prepareAddition(services, viewer, additions)
  if (owner.userId === null) {
    const changes = planAddition({ currencyCode, lines: [] }, addition)
    return { ...(await openGuestCart(db, owner.token, currencyCode, changes)), token: owner.token }
  }
  return outbox.wakingAfter<Database>(db).$transaction(async (tx) => {
    // Version 0 until the lines are written, and so never seen by another.
    const cart = await activeCartOf(tx, owner, currencyCode, 0)
    if (cart.status === 'CHECKING_OUT') throw new Refused([cartLocked(null)])
    const lines = cart.version === 0 ? [] : await findLinesOfCarts(tx, [cart.id])
    const written = await writeLines(
      tx,
      cart,
      lines,
      planAddition({ currencyCode: cart.currencyCode, lines }, addition),
    )
    await tellLinesAdded(tx, outbox, written.cart, addition.demand)
    return { ...written, token: owner.token }
  })
}
