import type { cartContents } from '@cartograph/contracts'
import type { z } from 'zod'
import type { Database } from '../database.ts'
import { isHolder } from './cart-access.ts'
import { cartColumns, cartOf, type CartRow } from './cart.ts'

type Contents = NonNullable<z.input<typeof cartContents.answer>>

/** What is in the cart, read at one instant; null for whoever may not buy it, and once it is bought, merged or abandoned. */
export async function answerCartContents(
  db: Database,
  { cartId, userId, cartTokenHash }: z.output<typeof cartContents.input>,
): Promise<Contents | null> {
  const [row] = await db.$queryRaw<(CartRow & { lines: Contents['lines'] })[]>`
    select ${cartColumns}, coalesce((
      select jsonb_agg(jsonb_build_object('variantId', l.variant_id, 'quantity', l.quantity) order by l.position, l.id)
      from cart_line l where l.cart_id = c.id), '[]') as lines
    from cart c where c.id = ${cartId}::uuid and c.status = 'ACTIVE'`
  if (!row) return null
  const { access, version, currencyCode } = cartOf(row)
  const tokenHash = cartTokenHash === null ? null : Buffer.from(cartTokenHash, 'base64url')
  return isHolder({ userId, tokenHash }, access) ? { version, currencyCode, lines: row.lines } : null
}
