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
