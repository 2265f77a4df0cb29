import type { Stripe } from 'stripe'
import { PaymentOutcomeUnknownError, type PaymentState } from '../payment-provider.ts'

/**
 * Where a PaymentIntent is, in our words; `latest_charge` must be expanded. Throws PaymentOutcomeUnknownError while
 * Stripe itself does not know.
 */
export function paymentIntentState(intent: Stripe.PaymentIntent): PaymentState {
  switch (intent.status) {
    case 'requires_confirmation':
      return { status: 'OPENED' }
    case 'requires_action': {
      const url = intent.next_action?.redirect_to_url?.url
      // Asked for by `return_url`; another action needs Stripe's own JavaScript in the browser.
      if (!url) throw new Error(`payment ${intent.id} waits for ${intent.next_action?.type}, which is no redirect`)
      return { status: 'ACTION_REQUIRED', url }
    }
    case 'requires_capture':
      return { status: 'AUTHORIZED' }
    case 'succeeded': {
      const charge = intent.latest_charge
      if (charge === null || typeof charge === 'string')
        throw new Error(`payment ${intent.id} comes without its charge`)
      return { status: 'CAPTURED', refundedMinorUnits: charge.amount_refunded }
    }
    case 'canceled':
      return { status: 'VOIDED' }
    case 'requires_payment_method':
      return { status: 'DECLINED', declineCode: declineCodeOf(intent.last_payment_error) }
    case 'processing':
    default:
      throw new PaymentOutcomeUnknownError(`payment ${intent.id} is ${intent.status}`)
  }
}

// A card error has an empty decline code when the bank gave no reason of its own.
const declineCodeOf = (error: Stripe.PaymentIntent['last_payment_error']) =>
  error?.decline_code || error?.code || 'payment_method_required'
