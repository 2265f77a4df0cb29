import { toGlobalId } from '@cartograph/global-ids'
import { hotVariant } from '../shop/shop-records.ts'
import type { Client } from './client.ts'
import { type OpenedCart, openGuestCart } from './open-cart.ts'

const atOnce = 8

/** Carts of so many customers who all want the one thing, opened before the sale: that stands in a cart is no promise. */
export async function openHotCarts(guest: Client, customers: number): Promise<OpenedCart[]> {
  const lines = [{ variantId: toGlobalId('ProductVariant', hotVariant.id), quantity: 1 }]
  const carts: OpenedCart[] = []
  let left = customers
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) {
        const cart = await openGuestCart(guest, hotVariant.currencyCode, lines)
        if (cart) carts.push(cart)
      }
    }),
  )
  return carts
}
