import { notFound, Refused } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import type { OrderServices } from '../order/order-services.ts'
import type { CheckoutRunner } from './checkout-runner.ts'
import { isBuyer } from '../order/order-access.ts'
import type { Checkout } from './checkout.ts'
import { findCheckout } from './find-checkouts.ts'
import { outcomeWithin } from './outcome-within.ts'

/**
 * Goes on with a checkout after its customer has done what nextAction asked for; as completeCheckout from there. Its
 * buyer's alone. One that waits for nobody is answered as it stands.
 */
export async function continueCheckout(
  services: OrderServices & { readonly runner: CheckoutRunner },
  viewer: Viewer,
  id: string,
): Promise<Checkout> {
  const checkout = await findCheckout(services.db, id)
  if (!checkout || !isBuyer(viewer, checkout))
    throw new Refused([notFound('The checkout does not exist.', ['checkoutId'])])
  if (checkout.endedAt !== null) return checkout
  return outcomeWithin(services, checkout, { isFirstTry: false, customerIsBack: checkout.nextAction !== null })
}
