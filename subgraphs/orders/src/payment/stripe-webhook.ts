import { Stripe } from 'stripe'

export interface StripeDelivery {
  /** The body as it came, byte for byte. */
  readonly payload: string | Uint8Array
  /** The header `stripe-signature`. */
  readonly signature: string | undefined
  /** The endpoint's signing secrets, of which there are two while one is exchanged. */
  readonly secrets: readonly string[]
  readonly now: Date
}

export interface StripeEvent {
  /** Stripe delivers an event more than once, with the same id, and in any order. */
  readonly eventId: string
  readonly paymentId: string
  readonly checkoutId: string
}

/** Whoever sent it does not know a secret of ours, or sent it more than five minutes ago. */
export class BadStripeSignatureError extends Error {
  override readonly name = 'BadStripeSignatureError'
}

const toleranceSeconds = 5 * 60

/**
 * Which payment an event of Stripe is about; null when it is about none of our checkouts. What happened to the payment is
 * asked of Stripe, not believed of the event, which may be late. Throws BadStripeSignatureError.
 */
export function readStripeEvent(delivery: StripeDelivery): StripeEvent | null {
  const event = verifiedEvent(delivery)
  const subject: { readonly object?: string } = event.data.object
  if (isA<Stripe.PaymentIntent>(subject, 'payment_intent')) return about(event, subject.id, subject.metadata)
  if (isA<Stripe.Charge>(subject, 'charge')) {
    const intent = subject.payment_intent
    // A charge has the metadata of its PaymentIntent, as they were when it was made.
    return about(event, typeof intent === 'string' ? intent : intent?.id, subject.metadata)
  }
  return null
}

function verifiedEvent({ payload, signature, secrets, now }: StripeDelivery): Stripe.Event {
  let cause: unknown = new Error('there is no secret to verify it with')
  for (const secret of secrets) {
    try {
      const body = typeof payload === 'string' ? payload : Buffer.from(payload)
      const at = now.getTime()
      return Stripe.webhooks.constructEvent(body, signature ?? '', secret, toleranceSeconds, undefined, at)
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error
      cause = error
    }
  }
  throw new BadStripeSignatureError('the signature of the event is not one of ours', { cause })
}

const isA = <T extends { readonly object: string }>(
  subject: { readonly object?: string },
  kind: T['object'],
): subject is T => subject.object === kind

function about(event: Stripe.Event, paymentId: string | undefined, metadata: Stripe.Metadata): StripeEvent | null {
  const checkoutId = metadata['checkout_id']
  return paymentId && checkoutId ? { eventId: event.id, paymentId, checkoutId } : null
}
