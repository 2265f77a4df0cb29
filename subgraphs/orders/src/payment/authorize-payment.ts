import { PaymentOutcomeUnknownError, type PaymentProvider, type PaymentState } from './payment-provider.ts'

/** Authorises; an unknown outcome is asked for before anybody tries again. */
export async function authorizePayment(payments: PaymentProvider, paymentId: string): Promise<PaymentState> {
  try {
    return await payments.authorizePayment(paymentId)
  } catch (error) {
    if (!(error instanceof PaymentOutcomeUnknownError)) throw error
    return knownPayment(payments, paymentId)
  }
}

/** What the provider knows of a payment that it must know. */
export async function knownPayment(payments: PaymentProvider, paymentId: string): Promise<PaymentState> {
  const state = await payments.findPayment(paymentId)
  if (state === null) throw new PaymentOutcomeUnknownError(`the provider does not know payment ${paymentId}`)
  return state
}
