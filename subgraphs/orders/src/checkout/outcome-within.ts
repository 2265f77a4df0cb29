import { within } from '@cartograph/service-runtime'
import type { OrderServices } from '../order/order-services.ts'
import type { CheckoutRunner } from './checkout-runner.ts'
import type { StepCircumstances } from './checkout-step.ts'
import type { Checkout } from './checkout.ts'
import { findCheckout } from './find-checkouts.ts'

const patienceMs = 2_000

/** Advances a checkout and answers how it ended, or how it stands after two seconds; it goes on then. */
export async function outcomeWithin(
  { db, runner }: OrderServices & { readonly runner: CheckoutRunner },
  checkout: Checkout,
  circumstances: StepCircumstances,
): Promise<Checkout> {
  // A failure is not the buyer's: the checkout stands, and its job goes on with it.
  const outcome = runner.run(checkout, circumstances).catch(() => null)
  const ended = await within(patienceMs, outcome)
  return ended ?? (await findCheckout(db, checkout.id)) ?? checkout
}
