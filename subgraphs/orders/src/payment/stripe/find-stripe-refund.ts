import type { Stripe } from 'stripe'
import { askStripe } from './ask-stripe.ts'

/** The refund that was made of the payment with our key; null when there is none, or when it failed at the bank. */
export async function findStripeRefund(stripe: Stripe, paymentId: string, key: string): Promise<Stripe.Refund | null> {
  let from: string | undefined
  for (;;) {
    const page = await askStripe(() =>
      stripe.refunds.list({ payment_intent: paymentId, limit: 100, ...(from && { starting_after: from }) }),
    )
    for (const refund of page.data) {
      const isMade = refund.status !== 'failed' && refund.status !== 'canceled'
      if (isMade && refund.metadata?.['refund_key'] === key) return refund
    }
    from = page.data.at(-1)?.id
    if (!page.has_more || !from) return null
  }
}
