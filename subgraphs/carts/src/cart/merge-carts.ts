import { Refused, refuseIfAny, type UserErrorData, validationError } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import { activeCartOf } from './active-cart-of.ts'
import { askAboutVariants, type Findings, nothingAsked } from './ask-about-variants.ts'
import { cartCheckedOut, cartLocked, cartVersionConflict, guestCartNotFound } from './cart-refusals.ts'
import type { CartServices } from './cart-services.ts'
import { cartTokenHash } from './cart-token.ts'
import { type Cart, cartColumns, type CartLine, cartOf, type CartRow, type WrittenCart } from './cart.ts'
import { findCartByToken, findCarts, findLinesOfCarts } from './find-carts.ts'
import { type CappedLine, planMerge } from './merge-rules.ts'
import { writeLines } from './write-lines.ts'

export interface MergedCart extends WrittenCart {
  /** What did not fit. */
  readonly capped: readonly CappedLine[]
}

/**
 * Moves what is in a guest's cart into the user's active one, whole or not at all; the guest's is MERGED from then on,
 * and empty, so that a unit is in one cart. Merged before into a cart of this user, it changes nothing. Both carts are
 * held meanwhile: whoever adds to the guest's cart comes before, and is merged too, or after, and is told that it is
 * gone.
 */
export async function mergeCarts(
  services: CartServices,
  viewer: Viewer,
  userId: string,
  guestCartToken: string,
  expectedVersion: number | null,
): Promise<MergedCart> {
  const { db } = services
  const known = await findCartByToken(db, cartTokenHash(guestCartToken))
  if (!known) throw new Refused([guestCartNotFound])
  const findings = await askAboutContents(services, known, viewer.requestId)
  return db.$transaction(async (tx) => {
    const { guests, own: active } = await lockBoth(tx, known.id, userId)
    if (guests.status === 'MERGED') return mergedBefore(tx, guests, active, userId)
    if (guests.status === 'ABANDONED') throw new Refused([guestCartNotFound])
    // Version 0 until the lines are written, and so never seen by another.
    const own = active ?? (await activeCartOf(tx, { userId, token: null }, guests.currencyCode, 0))
    const lines = await findLinesOfCarts(tx, [guests.id, own.id])
    const guestLines = lines.filter(({ cartId }) => cartId === guests.id)
    const ownLines = lines.filter(({ cartId }) => cartId === own.id)
    refuseIfAny(problemsOf(guests, guestLines, own, ownLines, expectedVersion))
    const { currencyCode } = guestLines.length > 0 ? guests : own
    const { changes, capped } = planMerge(ownLines, guestLines, findings, currencyCode)
    const written = await writeLines(tx, own, ownLines, changes)
    await closeMerged(tx, guests.id, own.id)
    return { ...written, capped }
  })
}

async function askAboutContents(services: CartServices, cart: Cart, requestId: string): Promise<Findings> {
  if (cart.status !== 'ACTIVE') return nothingAsked
  const lines = await findLinesOfCarts(services.db, [cart.id])
  return askAboutVariants(
    services,
    lines.map(({ variantId }) => variantId),
    requestId,
  )
}

/** In the order of ids, as whoever holds several carts does: two that wait for each other would wait for ever. */
async function lockBoth(tx: Database, guestCartId: string, userId: string) {
  const rows = await tx.$queryRaw<CartRow[]>`
    select ${cartColumns} from cart c
    where c.id = ${guestCartId}::uuid or (c.user_id = ${userId}::uuid and c.status = 'ACTIVE')
    order by c.id for update`
  const carts = rows.map(cartOf)
  return {
    guests: carts.find(({ id }) => id === guestCartId)!,
    own: carts.find(({ id }) => id !== guestCartId) ?? null,
  }
}

/** The user's cart as it has become since; the one it was merged into when there is no other. */
async function mergedBefore(
  tx: Database,
  { mergedInto }: Cart,
  active: Cart | null,
  userId: string,
): Promise<MergedCart> {
  const [target] = await findCarts(tx, [mergedInto!])
  if (target?.access.userId !== userId) throw new Refused([guestCartNotFound])
  return { cart: active ?? target, lines: null, capped: [] }
}

function problemsOf(
  guests: Cart,
  guestLines: readonly CartLine[],
  own: Cart,
  ownLines: readonly CartLine[],
  expectedVersion: number | null,
): UserErrorData[] {
  if (guests.status === 'CHECKED_OUT') return [cartCheckedOut(['guestCartToken'])]
  if (guests.status === 'CHECKING_OUT') return [cartLocked(['guestCartToken'])]
  if (own.status === 'CHECKING_OUT') return [cartLocked(null)]
  if (expectedVersion !== null && expectedVersion !== own.version) return [cartVersionConflict(own.version)]
  if (guestLines.length === 0 || ownLines.length === 0 || guests.currencyCode === own.currencyCode) return []
  const message = `The cart is priced in ${own.currencyCode}, what should be merged into it in ${guests.currencyCode}.`
  return [validationError('CURRENCY_MISMATCH', message, ['guestCartToken'])]
}

async function closeMerged(tx: Database, guestCartId: string, ownCartId: string): Promise<void> {
  await tx.$executeRaw`
    with emptied as (delete from cart_line where cart_id = ${guestCartId}::uuid)
    update cart set status = 'MERGED', merged_into = ${ownCartId}::uuid, version = version + 1,
      updated_at = clock_timestamp()
    where id = ${guestCartId}::uuid`
}
