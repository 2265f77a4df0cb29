import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from './client.ts'
import type { CartAnswer } from './operations.ts'

export interface LineToBuy {
  readonly variantId: string
  readonly quantity: number
}

export interface OpenedCart {
  readonly id: string
  /** The buyer, able to see the cart. */
  readonly client: Client
}

/** A guest's new cart with these lines, now and then filled in a second request; null when they are not to be had. */
export async function openGuestCart(
  guest: Client,
  currencyCode: string,
  lines: readonly LineToBuy[],
): Promise<OpenedCart | null> {
  const isFilledLater = guest.random.next() < 0.2
  const { cartCreate } = await guest.ask<{ cartCreate: CartAnswer }>('cartCreate', {
    currencyCode,
    lines: isFilledLater ? null : lines,
  })
  if (!cartCreate.cart || cartCreate.cartToken === null) return refused(guest, cartCreate)
  const client = guest.withCartToken(cartCreate.cartToken)
  return isFilledLater ? fill(client, cartCreate.cart.id, lines) : { id: cartCreate.cart.id, client }
}

/** A user's only cart with these lines and no others; null when they are not to be had. */
export async function openUserCart(
  user: Client,
  currencyCode: string,
  lines: readonly LineToBuy[],
): Promise<OpenedCart | null> {
  for (;;) {
    const { cartCreate } = await user.ask<{ cartCreate: CartAnswer }>('cartCreate', { currencyCode })
    if (!cartCreate.cart) return refused(user, cartCreate)
    const { id, lines: left } = cartCreate.cart
    if (left.length === 0) return fill(user, id, lines)
    const lineIds = left.map((line) => line.id)
    const { cartLinesRemove } = await user.ask<{ cartLinesRemove: CartAnswer }>('cartLinesRemove', {
      cartId: id,
      lineIds,
    })
    if (cartLinesRemove.cart) return fill(user, id, lines)
    // It was bought, and is about to be closed; or the removal was carried out, and its answer was lost.
    await pause(200)
    if (Date.now() > user.market.givesUpAt) return refused(user, cartLinesRemove)
  }
}

async function fill(client: Client, cartId: string, lines: readonly LineToBuy[]): Promise<OpenedCart | null> {
  const { cartLinesAdd } = await client.ask<{ cartLinesAdd: CartAnswer }>('cartLinesAdd', { cartId, lines })
  return cartLinesAdd.cart ? { id: cartId, client } : refused(client, cartLinesAdd)
}

function refused(client: Client, { userErrors }: CartAnswer): null {
  for (const { code } of userErrors) client.market.tale.refused(code)
  return null
}
