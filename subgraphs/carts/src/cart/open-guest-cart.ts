import type { CurrencyCode } from '@cartograph/money'
import type { Database } from '../database.ts'
import { cartTokenHash } from './cart-token.ts'
import { cartColumns, cartOf, type CartRow, type WrittenCart } from './cart.ts'
import type { LineChanges } from './line-put.ts'
import { linesOf } from './write-lines.ts'

/** A guest's new cart with its first lines, in one statement: nobody else can know of it yet. */
export async function openGuestCart(
  db: Database,
  token: string,
  opened: CurrencyCode,
  { puts, currencyCode = opened }: LineChanges,
): Promise<WrittenCart> {
  const rows = await db.$queryRaw<(CartRow & { line_id: string; variant_id: string })[]>`
    with opened as (
      insert into cart as c (token_hash, currency_code, version)
      values (${cartTokenHash(token)}::bytea, ${currencyCode}::"CurrencyCode", 1) returning ${cartColumns}
    ), put as (
      insert into cart_line (cart_id, variant_id, quantity, unit_price, current_unit_price, price_version, position)
      select opened.id, p.* from opened, unnest(
        ${puts.map((put) => put.variantId)}::uuid[], ${puts.map((put) => put.quantity)}::int[],
        ${puts.map((put) => put.unitPrice)}::int[], ${puts.map((put) => put.currentUnitPrice)}::int[],
        ${puts.map((put) => put.priceVersion)}::int[], ${puts.map((put) => put.position)}::int[]) as p
      returning id, variant_id
    )
    select opened.*, put.id as line_id, put.variant_id from opened, put`
  const { access, ...row } = cartOf(rows[0]!)
  const cart = { ...row, access: { ...access, openedByViewer: true } }
  return { cart, lines: linesOf(cart, puts, rows) }
}
