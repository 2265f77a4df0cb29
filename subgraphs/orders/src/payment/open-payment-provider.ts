import type pg from 'pg'
import type { OrdersEnvironment } from '../env.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { sandboxProvider } from './sandbox-provider.ts'

/** The provider that the environment asks for. */
export async function openPaymentProvider(environment: OrdersEnvironment, pool: pg.Pool): Promise<PaymentProvider> {
  if (environment.PAYMENT_PROVIDER === 'sandbox') return sandboxProvider(pool)
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_RETURN_URL: returnUrl, STRIPE_API_BASE: apiBase } = environment
  // Loaded where it is used: it takes a start longer by a twentieth of a second.
  const { stripeProvider } = await import('./stripe-provider.ts')
  return stripeProvider({
    secretKey: secretKey!,
    returnUrl: new URL(returnUrl!),
    // Half of what a settlement lasts, see settlementQueue.
    timeoutMs: 10_000,
    ...(apiBase !== undefined && { apiBase: new URL(apiBase) }),
  })
}
