import type { lockCart } from '@cartograph/contracts'
import type { z } from 'zod'
import type { Database } from '../database.ts'
import { isHolder } from './cart-access.ts'
import { findLinesOfCarts } from './find-carts.ts'
import { isGone, lockCartRow } from './lock-cart.ts'

/**
 * Holds a cart for a checkout and tells what is in it. Of two checkouts at once one gets it; a writer that comes before
 * is in what is told, one that comes after is refused. A checkout that has let go already finds no cart.
 */
export async function holdForCheckout(
  tx: Database,
  { checkoutId, cartId, userId, cartTokenHash, expectedVersion }: z.output<typeof lockCart.input>,
): Promise<z.input<typeof lockCart.result>> {
  const cart = await lockCartRow(tx, cartId)
  const tokenHash = cartTokenHash === null ? null : Buffer.from(cartTokenHash, 'base64url')
  if (!cart || isGone(cart) || !isHolder({ userId, tokenHash }, cart.access)) return { outcome: 'not-found' }
  if (cart.status === 'CHECKED_OUT') return { outcome: 'checked-out' }
  if (cart.lockedBy !== null && cart.lockedBy !== checkoutId) return { outcome: 'locked-by-another' }
  const { version, currencyCode } = cart
  if (expectedVersion !== null && expectedVersion !== version) {
    const lines = await findLinesOfCarts(tx, [cartId])
    return lines.length === 0 ? { outcome: 'empty' } : { outcome: 'changed', currentVersion: version }
  }
  const { hasLetGo, lines } = await hold(tx, checkoutId, cartId)
  if (hasLetGo) return { outcome: 'not-found' }
  if (lines.length === 0) return { outcome: 'empty' }
  return { outcome: 'locked', version, currencyCode, lines }
}

interface Held {
  readonly hasLetGo: boolean
  readonly lines: { variantId: string; quantity: number }[]
}

/** In a statement after the one that has waited for the row: only so does it see what the one before has written. */
async function hold(tx: Database, checkoutId: string, cartId: string): Promise<Held> {
  const [held] = await tx.$queryRaw<[Held]>`
    with let_go as (
      select from ended_checkout where checkout_id = ${checkoutId}::uuid
    ), lines as (
      select variant_id, quantity, position, id from cart_line where cart_id = ${cartId}::uuid
    ), held as (
      update cart set locked_by = ${checkoutId}::uuid
      where id = ${cartId}::uuid and not exists (select from let_go) and exists (select from lines)
    )
    select exists (select from let_go) as "hasLetGo", coalesce((
      select jsonb_agg(jsonb_build_object('variantId', variant_id, 'quantity', quantity) order by position, id)
      from lines), '[]') as lines`
  return held
}
