import {
  PaymentOutcomeUnknownError,
  type PaymentProvider,
  PaymentRefusedError,
  type PaymentState,
} from './payment-provider.ts'

/**
 * Captures; an unknown outcome, and a refusal because something else has happened to the payment, are answered with
 * what the provider knows of it now.
 */
export async function capturePayment(payments: PaymentProvider, paymentId: string): Promise<PaymentState> {
  try {
    return await payments.capturePayment(paymentId)
  } catch (error) {
    if (!(error instanceof PaymentOutcomeUnknownError || error instanceof PaymentRefusedError)) throw error
    const state = await payments.findPayment(paymentId)
    if (state === null) throw error
    return state
  }
}
