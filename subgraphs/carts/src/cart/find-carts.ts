import type { Database } from '../database.ts'
import {
  type Cart,
  cartColumns,
  type CartLine,
  cartOf,
  type CartRow,
  lineColumns,
  lineOf,
  type LineRow,
} from './cart.ts'

/** The carts with these ids, in no order; unknown ids are left out. */
export async function findCarts(db: Database, ids: readonly string[]): Promise<Cart[]> {
  const rows = await db.$queryRaw<CartRow[]>`select ${cartColumns} from cart c where c.id = any(${ids}::uuid[])`
  return rows.map(cartOf)
}

/** The active carts of these users, held by a checkout or not, in no order; a user without one is left out. */
export async function findActiveCartsOfUsers(db: Database, userIds: readonly string[]): Promise<Cart[]> {
  const rows = await db.$queryRaw<CartRow[]>`
    select ${cartColumns} from cart c where c.user_id = any(${userIds}::uuid[]) and c.status = 'ACTIVE'`
  return rows.map(cartOf)
}

/** The cart of the guest whose token has this hash, whatever has become of it. */
export async function findCartByToken(db: Database, tokenHash: Uint8Array<ArrayBuffer>): Promise<Cart | null> {
  const [row] = await db.$queryRaw<
    CartRow[]
  >`select ${cartColumns} from cart c where c.token_hash = ${tokenHash}::bytea`
  return row ? cartOf(row) : null
}

/** The lines with these ids, in no order; unknown ids are left out. */
export async function findCartLines(db: Database, ids: readonly string[]): Promise<CartLine[]> {
  const rows = await db.$queryRaw<LineRow[]>`
    select ${lineColumns} from cart_line l join cart c on c.id = l.cart_id where l.id = any(${ids}::uuid[])`
  return rows.map(lineOf)
}

/** The lines of these carts, those of one cart in the order of adding. */
export async function findLinesOfCarts(db: Database, cartIds: readonly string[]): Promise<CartLine[]> {
  const rows = await db.$queryRaw<LineRow[]>`
    select ${lineColumns} from cart_line l join cart c on c.id = l.cart_id
    where l.cart_id = any(${cartIds}::uuid[]) order by l.cart_id, l.position, l.id`
  return rows.map(lineOf)
}
