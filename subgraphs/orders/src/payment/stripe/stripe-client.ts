import { Stripe } from 'stripe'

export interface StripeOptions {
  readonly secretKey: string
  /** Where the customer's browser comes back to from 3-D Secure; Stripe adds `payment_intent` to its query. */
  readonly returnUrl: URL
  /** Another server that speaks Stripe's protocol, for tests. */
  readonly apiBase?: URL
  readonly timeoutMs?: number
}

/**
 * Stripe's client as we want it: no telemetry, and no retries but the one that it always makes, at once and with the
 * same Idempotency-Key, when a connection is closed without an answer.
 */
export function stripeClient({ secretKey, apiBase, timeoutMs = 20_000 }: StripeOptions): Stripe {
  return new Stripe(secretKey, {
    // Written out, so that an upgrade of the package that speaks another version does not compile.
    apiVersion: '2026-10-28.endive',
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: timeoutMs,
    ...(apiBase && {
      protocol: apiBase.protocol === 'http:' ? 'http' : 'https',
      host: apiBase.hostname,
      port: apiBase.port || (apiBase.protocol === 'http:' ? 80 : 443),
    }),
  })
}
