import type { Database } from '../database.ts'

/** Closes the cart that an order came of, for good. Nothing changes unless that very checkout holds it. */
export async function closeBoughtCart(
  tx: Database,
  { checkoutId, cartId }: { readonly checkoutId: string; readonly cartId: string },
): Promise<void> {
  await tx.$executeRaw`
    update cart set status = 'CHECKED_OUT', locked_by = null, updated_at = clock_timestamp()
    where id = ${cartId}::uuid and locked_by = ${checkoutId}::uuid`
}
