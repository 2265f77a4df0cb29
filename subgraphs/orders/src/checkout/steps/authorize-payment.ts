import { authorizePayment, knownPayment } from '../../payment/authorize-payment.ts'
import {
  PaymentOutcomeUnknownError,
  type PaymentProvider,
  PaymentRefusedError,
  type PaymentState,
} from '../../payment/payment-provider.ts'
import { checkoutExpired, paymentDeclined } from '../checkout-refusals.ts'
import { type CheckoutStep, RefusedAfterEffect, type StepCircumstances } from '../checkout-step.ts'

/** Has the provider hold the amount. The customer may have to do something first; then the checkout waits for them. */
export const authorizePaymentStep: CheckoutStep = {
  from: 'STOCK_RESERVED',
  to: 'PAYMENT_AUTHORIZED',
  async take({ payments }, { paymentId }, circumstances) {
    if (paymentId === null) return {}
    const state = await stateOf(payments, paymentId, circumstances)
    switch (state.status) {
      case 'AUTHORIZED':
      case 'CAPTURED':
        return {}
      case 'ACTION_REQUIRED':
        return { waitsFor: { type: 'REDIRECT', url: state.url } }
      case 'DECLINED':
        throw new RefusedAfterEffect([paymentDeclined(state.declineCode)])
      case 'VOIDED':
        throw new RefusedAfterEffect([checkoutExpired()])
      case 'OPENED':
        throw new PaymentOutcomeUnknownError(`payment ${paymentId} is not authorised yet`)
    }
  },
  // The payment is voided with the stock that was reserved when it was opened.
}

/** Whoever does not know that nobody has tried before asks first: to authorise again would be the customer's return. */
async function stateOf(
  payments: PaymentProvider,
  paymentId: string,
  { isFirstTry, customerIsBack }: StepCircumstances,
): Promise<PaymentState> {
  try {
    const state = isFirstTry ? null : await knownPayment(payments, paymentId)
    const isToBeAuthorized =
      state === null || state.status === 'OPENED' || (state.status === 'ACTION_REQUIRED' && customerIsBack)
    return isToBeAuthorized ? await authorizePayment(payments, paymentId) : state
  } catch (error) {
    if (!(error instanceof PaymentRefusedError)) throw error
    throw new RefusedAfterEffect([paymentDeclined('payment_refused')])
  }
}
