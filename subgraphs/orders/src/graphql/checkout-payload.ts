import { payload } from '@cartograph/error-catalogue'
import { type Checkout, statusOf } from '../checkout/checkout.ts'
import type { OrdersContext } from '../context.ts'
import { asAnswered } from '../order/order.ts'

/**
 * The payload of a mutation that answers with a checkout: a refused one tells why, as if it had not begun. The order is
 * shown as it was when the checkout ended, so that the same request gets the same answer for ever.
 */
export async function checkoutPayload({ loaders }: OrdersContext, run: () => Promise<Checkout>) {
  const { checkout, userErrors } = await payload('checkout', run)
  if (!checkout) return { checkout, order: null, nextAction: null, userErrors }
  const { endedAt, orderId, nextAction, refusal } = checkout
  const order = orderId === null ? null : await loaders.order.load(orderId)
  const answered = order && endedAt ? asAnswered(order, endedAt) : order
  return {
    checkout: { ...checkout, ...(answered && { answered }) },
    order: answered,
    nextAction: statusOf(checkout) === 'ACTION_REQUIRED' ? nextAction : null,
    userErrors: endedAt ? [...(refusal ?? [])] : [],
  }
}
