import type { priceChanged } from '@cartograph/contracts'
import type { ReceivedEvent } from '@cartograph/messaging'
import type { z } from 'zod'
import type { Database } from '../database.ts'

/**
 * Tells the lines of a variant what it costs from now on; what they were added at stays. A line that has heard of a
 * later price, or of this one, keeps what it knows. Carts that a checkout holds are told too: they may come back.
 */
export async function followPrice(
  tx: Database,
  { aggregateVersion: version, payload }: ReceivedEvent<z.output<typeof priceChanged.payload>>,
): Promise<void> {
  const { variantId, unitPrice, currencyCode } = payload
  // Carts before lines and in the order of ids, as every writer does: two that wait for each other would wait for ever.
  const carts = await tx.$queryRaw<{ id: string }[]>`
    select c.id from cart c
    where c.status = 'ACTIVE' and c.currency_code = ${currencyCode}::"CurrencyCode" and c.id in (
      select cart_id from cart_line where variant_id = ${variantId}::uuid and price_version < ${version}::int)
    order by c.id for update`
  if (carts.length === 0) return
  await tx.$executeRaw`
    update cart_line set current_unit_price = ${unitPrice}::int, price_version = ${version}::int
    where variant_id = ${variantId}::uuid and price_version < ${version}::int
      and cart_id = any(${carts.map(({ id }) => id)}::uuid[])`
}
