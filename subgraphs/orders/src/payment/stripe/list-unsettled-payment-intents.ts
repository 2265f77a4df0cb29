import type { Stripe } from 'stripe'
import { askStripe } from './ask-stripe.ts'

type CheckoutIntent = Stripe.PaymentIntent & { readonly metadata: { readonly checkout_id: string } }

const unsettled: readonly string[] = ['requires_confirmation', 'requires_action', 'requires_capture']

// Stripe cancels a hold that nobody captures after 7 days, or after 30 where that was agreed.
const horizonSeconds = 31 * 24 * 60 * 60

/**
 * The PaymentIntents of checkouts that wait or hold money, of those made before `before` and up to 31 days earlier. The
 * latest first: Stripe lists in no other order, nor by status, so that all of that time is read, 100 to a request.
 */
export async function* listUnsettledPaymentIntents(stripe: Stripe, before: Date): AsyncGenerator<CheckoutIntent> {
  // Stripe counts whole seconds.
  const lt = Math.floor(before.getTime() / 1000)
  let from: string | undefined
  for (;;) {
    const page = await askStripe(() =>
      stripe.paymentIntents.list({
        created: { lt, gte: lt - horizonSeconds },
        limit: 100,
        ...(from && { starting_after: from }),
      }),
    )
    for (const intent of page.data) if (isOfCheckout(intent) && unsettled.includes(intent.status)) yield intent
    from = page.data.at(-1)?.id
    if (!page.has_more || !from) return
  }
}

/** An account may serve more than this shop. */
function isOfCheckout(intent: Stripe.PaymentIntent): intent is CheckoutIntent {
  return Boolean(intent.metadata['checkout_id'])
}
