import { Stripe } from 'stripe'
import { PaymentRefusedError, type PaymentProvider, type PaymentState } from './payment-provider.ts'
import { askStripe } from './stripe/ask-stripe.ts'
import { findStripeRefund } from './stripe/find-stripe-refund.ts'
import { listUnsettledPaymentIntents } from './stripe/list-unsettled-payment-intents.ts'
import { paymentIntentState } from './stripe/payment-intent-state.ts'
import { refundPaymentIntent } from './stripe/refund-payment-intent.ts'
import { stripeClient, type StripeOptions } from './stripe/stripe-client.ts'

const expand = ['latest_charge']

/**
 * Payments at Stripe, each a PaymentIntent for cards that is captured by hand. Stripe keeps the order of what is asked of
 * one PaymentIntent at once; an answer that says that it is elsewhere already is looked up, not guessed.
 */
export function stripeProvider(options: StripeOptions): PaymentProvider {
  const stripe = stripeClient(options)
  const intents = stripe.paymentIntents

  const stateNow = async (paymentId: string) =>
    paymentIntentState(await askStripe(() => intents.retrieve(paymentId, { expand })))

  /** Where the request brings the payment, or where it is when Stripe refuses because it is there. */
  async function reach(
    status: PaymentState['status'],
    paymentId: string,
    request: () => Promise<Stripe.PaymentIntent>,
  ): Promise<PaymentState> {
    try {
      return paymentIntentState(await askStripe(request))
    } catch (error) {
      if (!(error instanceof PaymentRefusedError)) throw error
      const state = await stateNow(paymentId)
      if (state.status !== status) throw error
      return state
    }
  }

  async function authorize(paymentId: string): Promise<PaymentState> {
    // A customer who comes back has had it confirmed by Stripe. No Idempotency-Key: Stripe would repeat an error of its
    // own under it, and a PaymentIntent is confirmed once anyway.
    const before = await stateNow(paymentId)
    if (before.status !== 'OPENED') return before
    try {
      const confirm = { return_url: options.returnUrl.href, off_session: false, expand }
      return paymentIntentState(await askStripe(() => intents.confirm(paymentId, confirm)))
    } catch (error) {
      if (!(error instanceof PaymentRefusedError)) throw error
      if (error.cause instanceof Stripe.errors.StripeCardError) {
        return { status: 'DECLINED', declineCode: error.cause.decline_code || error.cause.code || 'card_declined' }
      }
      const after = await stateNow(paymentId)
      if (after.status === 'OPENED') throw error
      return after
    }
  }

  return {
    name: 'stripe',
    openPayment: async ({ key, amount, paymentMethodToken }) => {
      const create: Stripe.PaymentIntentCreateParams = {
        amount: amount.minorUnits,
        currency: amount.currencyCode.toLowerCase(),
        capture_method: 'manual',
        payment_method: paymentMethodToken,
        // Cards are held until they are captured; most else is not.
        allowed_payment_method_types: ['card'],
        metadata: { checkout_id: key },
      }
      return (await askStripe(() => intents.create(create, { idempotencyKey: `open-${key}` }))).id
    },
    authorizePayment: authorize,
    findPayment: (paymentId) => nullIfMissing(() => stateNow(paymentId)),
    capturePayment: (paymentId) => reach('CAPTURED', paymentId, () => intents.capture(paymentId, { expand })),
    voidPayment: (paymentId) => reach('VOIDED', paymentId, () => intents.cancel(paymentId, { expand })),
    refundPayment: (request) => refundPaymentIntent(stripe, request),
    hasRefund: async (paymentId, key) => (await nullIfMissing(() => findStripeRefund(stripe, paymentId, key))) !== null,
    async *listUnsettledPayments(before) {
      for await (const intent of listUnsettledPaymentIntents(stripe, before)) {
        yield { paymentId: intent.id, key: intent.metadata.checkout_id, state: paymentIntentState(intent) }
      }
    },
  }
}

async function nullIfMissing<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof PaymentRefusedError && isMissing(error.cause)) return null
    throw error
  }
}

const isMissing = (error: unknown) => error instanceof Stripe.errors.StripeError && error.code === 'resource_missing'
