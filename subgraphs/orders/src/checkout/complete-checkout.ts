import { Refused } from '@cartograph/error-catalogue'
import { crashPoint } from '@cartograph/service-runtime'
import type { Viewer } from '@cartograph/viewer'
import type { OrderServices } from '../order/order-services.ts'
import { acceptCheckout } from './accept-checkout.ts'
import { buyerOf } from './buyer.ts'
import { checkRequest } from './check-request.ts'
import { cartNotFound } from './checkout-refusals.ts'
import type { CheckoutRunner } from './checkout-runner.ts'
import type { Checkout, CheckoutRequest } from './checkout.ts'
import { outcomeWithin } from './outcome-within.ts'
import { refuseSoldOut } from './refuse-sold-out.ts'

/**
 * Buys a cart, once for each key of a buyer: answers how it ended, or, when that takes longer than two seconds, how it
 * stands, and goes on. The same key and request answer the same checkout; with another request it is refused.
 */
export async function completeCheckout(
  services: OrderServices & { readonly runner: CheckoutRunner },
  viewer: Viewer,
  cartId: string,
  request: CheckoutRequest,
  idempotencyKey: string,
): Promise<Checkout> {
  const checked = checkRequest(request, idempotencyKey)
  const buyer = buyerOf(viewer)
  if (!buyer) throw new Refused([cartNotFound()])
  const refused = await refuseSoldOut(services, buyer, cartId, checked, idempotencyKey)
  if (refused) return refused
  const { checkout, isNew } = await acceptCheckout(services, buyer, cartId, checked, idempotencyKey)
  const circumstances = { isFirstTry: isNew, customerIsBack: false }
  const outcome = checkout.endedAt === null ? await outcomeWithin(services, checkout, circumstances) : checkout
  crashPoint('checkout before answer')
  return outcome
}
