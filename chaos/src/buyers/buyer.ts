import { toGlobalId } from '@cartograph/global-ids'
import type { Random } from '@cartograph/shop-data'
import { variants } from '../shop/shop-records.ts'
import { cancelOrder } from './after-sale.ts'
import type { Client } from './client.ts'
import { type LineToBuy, type OpenedCart, openGuestCart, openUserCart } from './open-cart.ts'
import { purchase } from './purchase.ts'

export interface BuyerOptions {
  readonly guest: Client
  /** The account they sometimes use; nobody else does at the same time. */
  readonly user: Client | null
  /** Carts with the one thing that everybody wants; whoever is free takes the next. */
  readonly hotCarts: OpenedCart[]
  /** Where orders go that the staff is to look after. */
  readonly toServe: string[]
}

/** Buys one cart after the other, as themselves, as a guest or for a customer of the sale, until the market closes. */
export async function buy({ guest, user, hotCarts, toServe }: BuyerOptions): Promise<void> {
  const { market, random } = guest
  let keysOfUser = 0
  while (Date.now() < market.closesAt) {
    let keysOfCart = 0
    const hot = random.next() < 0.65 ? hotCarts.shift() : undefined
    const isUser = !hot && user !== null && random.next() < 0.5
    if (hot) market.tale.hotCustomers += 1
    const cart = hot ?? (await openCart(isUser, isUser ? user : guest))
    const placed = cart && (await purchase(cart, () => `buy-${isUser ? ++keysOfUser : ++keysOfCart}`))
    if (!placed) continue
    const whim = random.next()
    if (whim < 0.1) await cancelOrder(placed)
    else if (whim < 0.5) toServe.push(placed.orderId)
  }
}

function openCart(isUser: boolean, client: Client): Promise<OpenedCart | null> {
  const { currencyCode, lines } = pickBasket(client.random)
  return (isUser ? openUserCart : openGuestCart)(client, currencyCode, lines)
}

/** One to four different things of one currency. */
function pickBasket(random: Random): { currencyCode: string; lines: LineToBuy[] } {
  const { currencyCode } = random.pick(variants)
  const chosen = random
    .shuffle(variants.filter((variant) => variant.currencyCode === currencyCode))
    .slice(0, random.between(1, 4))
  const lines = chosen.map(({ id }) => ({
    variantId: toGlobalId('ProductVariant', id),
    quantity: random.between(1, 4),
  }))
  return { currencyCode, lines }
}
