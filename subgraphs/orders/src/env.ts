import { peerSecret, peerUrl, subgraphEnvironment } from '@cartograph/service-runtime'
import { z } from 'zod'

/** A variable that is there and empty, as docker-compose.yml gives one that is not set, is none. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((text) => (text === '' ? undefined : text), schema.optional())

export const ordersEnvironment = subgraphEnvironment
  .extend({
    CARTS_URL: peerUrl,
    CARTS_SIGNING_SECRET: peerSecret,
    INVENTORY_URL: peerUrl,
    INVENTORY_SIGNING_SECRET: peerSecret,
    PRODUCTS_URL: peerUrl,
    PRODUCTS_SIGNING_SECRET: peerSecret,
    RECOMMENDATIONS_URL: peerUrl,
    RECOMMENDATIONS_SIGNING_SECRET: peerSecret,
    /** Set to `true` where nothing is really sold: the sandbox and a mailbox folder may then be used in production. */
    DEMONSTRATION: z
      .enum(['true', 'false', ''])
      .default('false')
      .transform((text) => text === 'true'),
    /** `sandbox` takes no money: it is refused in production, unless that is a demonstration. */
    PAYMENT_PROVIDER: z.enum(['sandbox', 'stripe']).default('stripe'),
    STRIPE_SECRET_KEY: optional(z.string()),
    /** Where the customer's browser comes back to from 3-D Secure. */
    STRIPE_RETURN_URL: optional(z.url()),
    /** Another address of Stripe's API, for tests. */
    STRIPE_API_BASE: optional(z.url()),
    /** Comma-separated, the newest first: two are live while one is being replaced. */
    STRIPE_WEBHOOK_SECRETS: z
      .string()
      .default('')
      .transform((text) => text.split(',').filter((secret) => secret !== '')),
    /** Payments without a purchase are let go of when they are this old. */
    RECONCILE_AFTER_SECONDS: z.coerce.number().int().min(1).default(1_800),
    RECONCILE_EVERY_SECONDS: z.coerce.number().int().min(1).default(60),
    /** Where mails are written when no SMTP server is given. */
    MAILBOX_DIR: optional(z.string()),
    SMTP_URL: optional(z.url({ protocol: /^smtps?$/, error: 'is not an smtp:// URL' })),
    MAIL_FROM: z.string().default('Cartograph <orders@cartograph.example>'),
  })
  .superRefine((environment, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const { PAYMENT_PROVIDER, STRIPE_SECRET_KEY, STRIPE_RETURN_URL, MAILBOX_DIR, SMTP_URL } = environment
    const sells = environment.NODE_ENV === 'production' && !environment.DEMONSTRATION
    if (PAYMENT_PROVIDER === 'sandbox' && sells)
      problem('PAYMENT_PROVIDER', 'the sandbox takes no money; in production it needs DEMONSTRATION=true')
    if (PAYMENT_PROVIDER === 'stripe' && !STRIPE_SECRET_KEY) problem('STRIPE_SECRET_KEY', 'is missing')
    if (PAYMENT_PROVIDER === 'stripe' && !STRIPE_RETURN_URL) problem('STRIPE_RETURN_URL', 'is missing')
    if (SMTP_URL === undefined && sells) problem('SMTP_URL', 'is missing; in production mails are sent, not kept')
    else if (SMTP_URL === undefined && MAILBOX_DIR === undefined)
      problem('MAILBOX_DIR', 'is missing, and so is SMTP_URL; mails are written to the one or sent by the other')
  })

export type OrdersEnvironment = z.infer<typeof ordersEnvironment>
