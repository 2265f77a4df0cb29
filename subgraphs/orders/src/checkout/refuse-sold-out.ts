import type { OrderServices } from '../order/order-services.ts'
import type { Buyer } from './buyer.ts'
import { type Checkout, checkoutColumns, type CheckoutRequest } from './checkout.ts'
import { findShortages } from './find-shortages.ts'
import { requestHashOf } from './request-hash.ts'

/**
 * While buyers are being refused for lack of stock: refuses this one at once where inventory says that there is not
 * enough, without holding cart or stock, which costs a fifth. Null when there is enough, when nobody knows, and for a key
 * that is known already: then the checkout takes its ordinary way. The refusal is stored as any other.
 */
export async function refuseSoldOut(
  services: OrderServices,
  buyer: Buyer,
  cartId: string,
  request: CheckoutRequest,
  idempotencyKey: string,
): Promise<Checkout | null> {
  const { cartTokenHash } = request
  const shortages = await findShortages(services, { cartId, customerId: buyer.customerId, cartTokenHash })
  if (shortages.length === 0) return null
  const { paymentMethodToken: _, ...kept } = request
  const at = services.now().toISOString()
  const [refused] = await services.db.$queryRaw<Checkout[]>`
    insert into checkout as c (caller, idempotency_key, request_hash, cart_id, customer_id, guest_token_hash, request,
      created_at, ended_at, undo_state, refusal)
    values (${buyer.caller}, ${idempotencyKey}, decode(${requestHashOf(cartId, request)}, 'base64'), ${cartId}::uuid,
      ${buyer.customerId}::uuid, ${buyer.guestTokenHash}::bytea, ${JSON.stringify(kept)}::jsonb, ${at}::timestamptz,
      ${at}::timestamptz, 'NEW', ${JSON.stringify(shortages)}::jsonb)
    on conflict (caller, idempotency_key) do nothing
    returning ${checkoutColumns}`
  return refused ?? null
}
