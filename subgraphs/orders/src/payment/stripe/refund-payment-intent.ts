import type { Stripe } from 'stripe'
import { PaymentRefusedError, type RefundRequest } from '../payment-provider.ts'
import { askStripe } from './ask-stripe.ts'
import { findStripeRefund } from './find-stripe-refund.ts'

/**
 * Gives money back once for its key: at once by the Idempotency-Key, which Stripe forgets after a day, and later by the
 * key in the refund itself. Stripe takes no more than was captured from any number of callers.
 */
export async function refundPaymentIntent(stripe: Stripe, { key, paymentId, amount }: RefundRequest): Promise<void> {
  const intent = await askStripe(() => stripe.paymentIntents.retrieve(paymentId))
  // Stripe knows refunds in the currency of the payment alone, and would take the number for one of those. It would
  // also let go of a hold that was not captured.
  if (intent.currency !== amount.currencyCode.toLowerCase() || intent.status !== 'succeeded') {
    throw new PaymentRefusedError(`payment ${paymentId} is ${intent.status} in ${intent.currency}`)
  }
  const made = await findStripeRefund(stripe, paymentId, key)
  if (made) {
    if (made.amount !== amount.minorUnits) throw new PaymentRefusedError(`another refund was made with the key ${key}`)
    return
  }
  const refund = await askStripe(() =>
    stripe.refunds.create(
      { payment_intent: paymentId, amount: amount.minorUnits, metadata: { refund_key: key } },
      { idempotencyKey: `refund-${key}` },
    ),
  )
  if (refund.status === 'failed' || refund.status === 'canceled') {
    throw new PaymentRefusedError(`refund ${refund.id} ${refund.status}: ${refund.failure_reason ?? 'no reason given'}`)
  }
}
