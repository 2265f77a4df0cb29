import { Stripe } from 'stripe'
import { PaymentOutcomeUnknownError, PaymentRefusedError } from '../payment-provider.ts'

const { StripeError, StripeCardError, StripeIdempotencyError, StripeInvalidRequestError } = Stripe.errors

/**
 * What the request answers. Throws PaymentRefusedError when Stripe will never carry it out, with Stripe's error as the
 * cause, and PaymentOutcomeUnknownError for every other error of Stripe: no answer, 5xx, another request at the same
 * object (409, 429), too many requests, credentials that are not accepted.
 */
export async function askStripe<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
    const isRefused =
      error instanceof StripeCardError ||
      error instanceof StripeInvalidRequestError ||
      error instanceof StripeIdempotencyError
    const message = `Stripe: ${error.message} (${[error.code, error.requestId].filter(Boolean).join(', ') || error.type})`
    if (isRefused) throw new PaymentRefusedError(message, { cause: error })
    throw new PaymentOutcomeUnknownError(message, { cause: error })
  }
}
