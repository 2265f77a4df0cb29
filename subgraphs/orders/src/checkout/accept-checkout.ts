import { Refused } from '@cartograph/error-catalogue'
import { crashPoint } from '@cartograph/service-runtime'
import type { OrderServices } from '../order/order-services.ts'
import { checkoutQueue } from '../messaging/job-queues.ts'
import type { Buyer } from './buyer.ts'
import { keyReused } from './checkout-refusals.ts'
import { type Checkout, checkoutColumns, type CheckoutRequest } from './checkout.ts'
import { requestHashOf } from './request-hash.ts'

/** The process that accepts a checkout advances it at once; after this long, any process does. */
const takeOverAfterSeconds = 2

/**
 * Writes a checkout and, in the same transaction, the job that will finish it should this process not: accepted is
 * accepted. The same key of the same buyer gives the first checkout, also when both come at once; with another request
 * it is refused.
 */
export async function acceptCheckout(
  { db, jobs, now }: OrderServices,
  buyer: Buyer,
  cartId: string,
  request: CheckoutRequest,
  idempotencyKey: string,
): Promise<{ checkout: Checkout; isNew: boolean }> {
  const requestHash = requestHashOf(cartId, request)
  const accepted = await db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<Checkout[]>`
      insert into checkout as c
        (caller, idempotency_key, request_hash, cart_id, customer_id, guest_token_hash, request, created_at)
      values (${buyer.caller}, ${idempotencyKey}, decode(${requestHash}, 'base64'), ${cartId}::uuid,
        ${buyer.customerId}::uuid, ${buyer.guestTokenHash}::bytea, ${JSON.stringify(request)}::jsonb,
        ${now().toISOString()}::timestamptz)
      on conflict (caller, idempotency_key) do nothing
      returning ${checkoutColumns}`
    if (row) await jobs.enqueue(tx, checkoutQueue, [{ id: row.id, data: {}, startAfterSeconds: takeOverAfterSeconds }])
    return row
  })
  if (accepted) {
    crashPoint('checkout accepted')
    return { checkout: accepted, isNew: true }
  }
  const [earlier] = await db.$queryRaw<(Checkout & { same: boolean })[]>`
    select ${checkoutColumns}, c.request_hash = decode(${requestHash}, 'base64') as same
    from checkout c where c.caller = ${buyer.caller} and c.idempotency_key = ${idempotencyKey}`
  if (!earlier?.same) throw new Refused([keyReused()])
  return { checkout: earlier, isNew: false }
}
