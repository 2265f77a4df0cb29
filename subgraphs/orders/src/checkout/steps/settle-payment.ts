import { settleLostPayment } from '../../order/settle-lost-payment.ts'
import { captureOf } from '../../order/record-capture.ts'
import { capturePayment } from '../../payment/capture-payment.ts'
import { PaymentOutcomeUnknownError, PaymentRefusedError } from '../../payment/payment-provider.ts'
import type { CheckoutStep } from '../checkout-step.ts'

/**
 * Takes the money that is held. Where it is held no longer, because the order was cancelled meanwhile or the hold was
 * let go of elsewhere, there is nothing to take, and an order that still stands is called off.
 */
export const settlePaymentStep: CheckoutStep = {
  from: 'ORDERED',
  to: 'PAYMENT_SETTLED',
  async take({ payments }, { paymentId, orderId }) {
    if (paymentId === null) return {}
    const state = await capturePayment(payments, paymentId)
    if (state.status === 'CAPTURED' || state.status === 'VOIDED') return { settledAs: state.status }
    if (state.status === 'AUTHORIZED') throw new PaymentOutcomeUnknownError(`payment ${paymentId} is not captured yet`)
    throw new PaymentRefusedError(`the payment of order ${orderId} is ${state.status}, though it was authorised`)
  },
  writes: ({ now }, { orderId }, { settledAs }) => (settledAs === 'CAPTURED' ? captureOf(orderId!, now()) : null),
  consequences: ({ settledAs }) =>
    settledAs === 'VOIDED'
      ? (tx, services, { orderId, endedAt }) => settleLostPayment(tx, services, orderId!, endedAt!)
      : null,
}
