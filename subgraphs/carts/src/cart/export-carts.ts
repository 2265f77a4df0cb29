import { type Money, toDecimal } from '@cartograph/money'
import type { Database } from '../database.ts'
import { cartColumns, cartOf, type CartRow } from './cart.ts'
import { findLinesOfCarts } from './find-carts.ts'

const mostCarts = 100

/** The carts of a user, those changed last first and whatever became of them, as JSON for their owner. */
export async function exportCarts(db: Database, userId: string): Promise<string> {
  const rows = await db.$queryRaw<CartRow[]>`
    select ${cartColumns} from cart c where c.user_id = ${userId}::uuid
    order by c.updated_at desc, c.id limit ${mostCarts}`
  const carts = rows.map(cartOf)
  const lines = await findLinesOfCarts(
    db,
    carts.map(({ id }) => id),
  )
  return JSON.stringify(
    carts.map(({ id, status, updatedAt }) => ({
      status,
      updatedAt,
      lines: lines
        .filter(({ cartId }) => cartId === id)
        .map(({ variantId, quantity, unitPrice }) => ({ variantId, quantity, unitPrice: shown(unitPrice) })),
    })),
  )
}

const shown = (price: Money) => ({ amount: toDecimal(price), currencyCode: price.currencyCode })
