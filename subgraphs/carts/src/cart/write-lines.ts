import { money } from '@cartograph/money'
import type { Database } from '../database.ts'
import type { Cart, CartLine, WrittenCart } from './cart.ts'
import type { LineChanges, LinePut } from './line-put.ts'

interface WrittenRow {
  version: number
  updated_at: Date
  /** Null when no line was put. */
  line_id: string | null
  variant_id: string | null
}

/**
 * Makes the changes and raises the cart's version by one, in one statement. `cart` must be held and `lines` read since,
 * so that the answer is what is stored.
 */
export async function writeLines(
  tx: Database,
  cart: Cart,
  lines: readonly CartLine[],
  { puts, removedIds, currencyCode = cart.currencyCode }: LineChanges,
): Promise<WrittenCart> {
  // clock_timestamp(), for now() is when the transaction began, perhaps before it waited for another writer.
  const rows = await tx.$queryRaw<WrittenRow[]>`
    with removed as (
      delete from cart_line where cart_id = ${cart.id}::uuid and id = any(${removedIds}::uuid[])
    ), put as (
      insert into cart_line (cart_id, variant_id, quantity, unit_price, current_unit_price, price_version, position)
      select ${cart.id}::uuid, * from unnest(
        ${puts.map((put) => put.variantId)}::uuid[], ${puts.map((put) => put.quantity)}::int[],
        ${puts.map((put) => put.unitPrice)}::int[], ${puts.map((put) => put.currentUnitPrice)}::int[],
        ${puts.map((put) => put.priceVersion)}::int[], ${puts.map((put) => put.position)}::int[])
      on conflict (cart_id, variant_id) do update set quantity = excluded.quantity, unit_price = excluded.unit_price,
        current_unit_price = excluded.current_unit_price, price_version = excluded.price_version
      returning id, variant_id
    ), raised as (
      update cart set version = version + 1, updated_at = clock_timestamp(), currency_code = ${currencyCode}::"CurrencyCode"
      where id = ${cart.id}::uuid
      returning version, updated_at
    )
    select raised.version, raised.updated_at, put.id as line_id, put.variant_id from raised left join put on true`
  const { version, updated_at: updatedAt } = rows[0]!
  const written = { ...cart, currencyCode, version, updatedAt }
  const putLines = linesOf(written, puts, rows)
  const gone = new Set([...removedIds, ...putLines.map(({ id }) => id)])
  return {
    cart: written,
    lines: [...lines.filter(({ id }) => !gone.has(id)), ...putLines].toSorted((a, b) => a.position - b.position),
  }
}

/** The lines that were put, with the ids that they have. */
export function linesOf(
  cart: Cart,
  puts: readonly LinePut[],
  ids: readonly { readonly line_id: string | null; readonly variant_id: string | null }[],
): CartLine[] {
  const idOfVariant = new Map(ids.map((row) => [row.variant_id, row.line_id]))
  return puts.map(({ unitPrice, currentUnitPrice, ...put }) => ({
    ...put,
    id: idOfVariant.get(put.variantId)!,
    cartId: cart.id,
    unitPrice: money(unitPrice, cart.currencyCode),
    currentUnitPrice: money(currentUnitPrice, cart.currencyCode),
    cartStatus: cart.status,
    access: cart.access,
  }))
}
