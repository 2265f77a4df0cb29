import { refuseIfAny } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import type { PrismaClient } from '../database.ts'
import { checkInputCount, planRemoval } from './cart-rules.ts'
import type { WrittenCart } from './cart.ts'
import { findLinesOfCarts } from './find-carts.ts'
import { lockCart } from './lock-cart.ts'
import { writeLines } from './write-lines.ts'

/** Removes lines from a cart, all or nothing: of two removing one line at once, the second is told that it is gone. */
export async function removeLines(
  db: PrismaClient,
  viewer: Viewer,
  cartId: string,
  lineIds: readonly string[],
  expectedVersion: number | null,
): Promise<WrittenCart> {
  refuseIfAny(checkInputCount(lineIds, 'lineIds'))
  return db.$transaction(async (tx) => {
    const cart = await lockCart(tx, viewer, cartId, expectedVersion)
    const lines = await findLinesOfCarts(tx, [cart.id])
    return writeLines(tx, cart, lines, planRemoval(lines, lineIds))
  })
}
