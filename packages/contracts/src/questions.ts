import { z } from 'zod'
import { currencyCode } from './currency-code.ts'
import { defineQuestion } from './question.ts'

const variantIds = z.object({ variantIds: z.array(z.uuid()).max(250) })

export const variantOffers = defineQuestion({
  name: 'products.variant-offers.v1',
  description: 'What each variant costs now, and whether it can be bought at all. Unknown variants are left out.',
  input: variantIds,
  answer: z.array(
    z.object({
      variantId: z.uuid(),
      productId: z.uuid(),
      sku: z.string(),
      /** The product's title, with the variant's where it has one of its own. */
      title: z.string(),
      unitPrice: z.int().nonnegative(),
      currencyCode,
      /** How often the price was set: what tells a late `price-changed` event. */
      version: z.int().positive(),
      purchasable: z.boolean(),
      /** Grams of one, packed. */
      weight: z.int().nonnegative(),
    }),
  ),
})

export const variantAvailability = defineQuestion({
  name: 'inventory.variant-availability.v1',
  description: 'How many units of each variant can be bought now. A variant that no location stocks has none.',
  input: variantIds,
  answer: z.array(z.object({ variantId: z.uuid(), available: z.int() })),
})

export const cartContents = defineQuestion({
  name: 'carts.cart-contents.v1',
  description: 'What is in a cart, for whoever may buy it; null when there is none that they may.',
  input: z.object({
    cartId: z.uuid(),
    userId: z.uuid().nullable(),
    /** SHA-256 of the caller's cart token, in base64url. */
    cartTokenHash: z.string().nullable(),
  }),
  answer: z
    .object({
      version: z.int(),
      currencyCode,
      lines: z.array(z.object({ variantId: z.uuid(), quantity: z.int().positive() })),
    })
    .nullable(),
})

export const runningCheckouts = defineQuestion({
  name: 'orders.running-checkouts.v1',
  description:
    'Which of these checkouts may still need what is held for them: those under way, and those with an order, for the event that tells of it may be late. One that is unknown does not.',
  input: z.object({ checkoutIds: z.array(z.uuid()).max(500) }),
  answer: z.object({ running: z.array(z.uuid()) }),
})

export const partnerVersions = defineQuestion({
  name: 'partners.partner-versions.v1',
  description: 'Every partner and how often something has changed of what gateways know of it.',
  input: z.object({}),
  answer: z.array(z.object({ partnerId: z.uuid(), version: z.int().positive() })),
})

export const mostPartnersOfOneQuestion = 100

export const partnerAccess = defineQuestion({
  name: 'partners.partner-access.v1',
  description:
    'What gateways need to know of partners to let them in. Keys that were revoked are left out, and so are keys and manifests that ended more than 30 days ago. Unknown partners are left out.',
  input: z.object({ partnerIds: z.array(z.uuid()).max(mostPartnersOfOneQuestion) }),
  answer: z.array(
    z.object({
      partnerId: z.uuid(),
      version: z.int().positive(),
      name: z.string(),
      scopes: z.array(z.string()),
      pointsPerMinute: z.int().positive(),
      keys: z.array(
        z.object({
          keyId: z.uuid(),
          /** SHA-256 of the key, in base64url. */
          hash: z.string(),
          expiresAt: z.iso.datetime().nullable(),
        }),
      ),
      /** The newest first. What is in them is another question: it never changes. */
      manifests: z.array(
        z.object({
          manifestId: z.uuid(),
          version: z.int().positive(),
          /** Null for one that is not deprecated. */
          deprecatedAt: z.iso.datetime().nullable(),
          /** From then on nothing in it runs; null for one without an end. */
          sunsetAt: z.iso.datetime().nullable(),
        }),
      ),
    }),
  ),
})

export const manifestOperations = defineQuestion({
  name: 'partners.manifest-operations.v1',
  description: 'The operations of manifests, which never change. Unknown manifests are left out.',
  input: z.object({ manifestIds: z.array(z.uuid()).max(20) }),
  answer: z.array(
    z.object({
      manifestId: z.uuid(),
      operations: z.array(
        z.object({ id: z.string(), name: z.string(), type: z.enum(['query', 'mutation']), body: z.string() }),
      ),
    }),
  ),
})
