import type { FastifyInstance } from 'fastify'
import type { CheckoutRunner } from '../checkout/checkout-runner.ts'
import { isUuid } from './sandbox/sandbox-payment.ts'
import { findCheckout } from '../checkout/find-checkouts.ts'
import type { OrderServices } from '../order/order-services.ts'

/**
 * POST /webhooks/stripe, for Stripe alone: under its signature an event has the checkout it is about advanced, which
 * asks Stripe how the payment stands. 200 when it is noted, 400 for a signature that is none of ours; repeated and late
 * events do no harm. No route where there are no secrets.
 */
export function stripeWebhook(
  { db, runner, now, logger }: OrderServices & { readonly runner: CheckoutRunner },
  secrets: readonly string[],
): (server: FastifyInstance) => void {
  return (server) => {
    if (secrets.length === 0) return
    server.register(async (scope) => {
      // Loaded where it is used: it takes a start longer by a twentieth of a second.
      const { BadStripeSignatureError, readStripeEvent } = await import('./stripe-webhook.ts')
      // The signature covers the bytes as they came.
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      scope.post<{ Body: Buffer }>('/webhooks/stripe', async (request, reply) => {
        const signature = request.headers['stripe-signature']
        try {
          const event = readStripeEvent({
            payload: request.body,
            signature: typeof signature === 'string' ? signature : undefined,
            secrets,
            now: now(),
          })
          // Advanced in the background: Stripe wants an answer soon, and a job takes over what this process leaves.
          const isOurs = event && isUuid(event.checkoutId)
          const checkout = isOurs ? await findCheckout(db, event.checkoutId) : null
          if (checkout) runner.run(checkout).catch(() => undefined)
          return { received: true }
        } catch (error) {
          if (error instanceof BadStripeSignatureError) return reply.code(400).send({ message: error.message })
          // Whoever asks from outside is told nothing of the inside; Stripe sends it again.
          logger.error({ err: error }, 'an event of Stripe was not noted')
          return reply.code(500).send({ message: 'Something went wrong on our side.' })
        }
      })
    })
  }
}
