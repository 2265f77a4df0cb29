import { checkMailEnvironment, mailEnvironment } from '@cartograph/mail'
import { optionalVariable, peerSecret, peerUrl, subgraphEnvironment } from '@cartograph/service-runtime'
import { z } from 'zod'

export const ordersEnvironment = subgraphEnvironment
  .extend(mailEnvironment)
  .extend({
    CARTS_URL: peerUrl,
    CARTS_SIGNING_SECRET: peerSecret,
    INVENTORY_URL: peerUrl,
    INVENTORY_SIGNING_SECRET: peerSecret,
    PARTNERS_URL: peerUrl,
    PARTNERS_SIGNING_SECRET: peerSecret,
    PRODUCTS_URL: peerUrl,
    PRODUCTS_SIGNING_SECRET: peerSecret,
    RECOMMENDATIONS_URL: peerUrl,
    RECOMMENDATIONS_SIGNING_SECRET: peerSecret,
    /** `sandbox` takes no money: it is refused in production, unless that is a demonstration. */
    PAYMENT_PROVIDER: z.enum(['sandbox', 'stripe']).default('stripe'),
    STRIPE_SECRET_KEY: optionalVariable(z.string()),
    /** Where the customer's browser comes back to from 3-D Secure. */
    STRIPE_RETURN_URL: optionalVariable(z.url()),
    /** Another address of Stripe's API, for tests. */
    STRIPE_API_BASE: optionalVariable(z.url()),
    /** Comma-separated, the newest first: two are live while one is being replaced. */
    STRIPE_WEBHOOK_SECRETS: z
      .string()
      .default('')
      .transform((text) => text.split(',').filter((secret) => secret !== '')),
    /** Payments without a purchase are let go of when they are this old. */
    RECONCILE_AFTER_SECONDS: z.coerce.number().int().min(1).default(1_800),
    RECONCILE_EVERY_SECONDS: z.coerce.number().int().min(1).default(60),
  })
  .superRefine(checkMailEnvironment)
  .superRefine((environment, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const { PAYMENT_PROVIDER, STRIPE_SECRET_KEY, STRIPE_RETURN_URL } = environment
    const sells = environment.NODE_ENV === 'production' && !environment.DEMONSTRATION
    if (PAYMENT_PROVIDER === 'sandbox' && sells)
      problem('PAYMENT_PROVIDER', 'the sandbox takes no money; in production it needs DEMONSTRATION=true')
    if (PAYMENT_PROVIDER === 'stripe' && !STRIPE_SECRET_KEY) problem('STRIPE_SECRET_KEY', 'is missing')
    if (PAYMENT_PROVIDER === 'stripe' && !STRIPE_RETURN_URL) problem('STRIPE_RETURN_URL', 'is missing')
  })

export type OrdersEnvironment = z.infer<typeof ordersEnvironment>
