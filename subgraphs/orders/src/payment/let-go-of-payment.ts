import type { Money } from '@cartograph/money'
import { knownPayment } from './authorize-payment.ts'
import {
  PaymentOutcomeUnknownError,
  type PaymentProvider,
  PaymentRefusedError,
  type PaymentState,
} from './payment-provider.ts'

/** Voids; an unknown outcome and a refusal are answered with what the provider knows of the payment now. */
export async function voidPayment(payments: PaymentProvider, paymentId: string): Promise<PaymentState> {
  try {
    return await payments.voidPayment(paymentId)
  } catch (error) {
    if (!(error instanceof PaymentOutcomeUnknownError || error instanceof PaymentRefusedError)) throw error
    return knownPayment(payments, paymentId)
  }
}

/**
 * Sees to it that a payment without a purchase holds and keeps nothing: voids it, or where somebody has captured it
 * meanwhile gives all of it back, under `key`. Throws PaymentOutcomeUnknownError when that is still open.
 */
export async function letGoOfPayment(
  payments: PaymentProvider,
  { paymentId, key, amount }: { readonly paymentId: string; readonly key: string; readonly amount: Money },
): Promise<void> {
  const state = await voidPayment(payments, paymentId)
  if (state.status === 'VOIDED' || state.status === 'DECLINED') return
  if (state.status !== 'CAPTURED') throw new PaymentOutcomeUnknownError(`payment ${paymentId} is not voided yet`)
  if (state.refundedMinorUnits < amount.minorUnits) await payments.refundPayment({ key, paymentId, amount })
}
