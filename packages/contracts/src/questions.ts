import { z } from 'zod'
import { defineQuestion } from './question.ts'

const variantIds = z.object({ variantIds: z.array(z.uuid()).max(250) })

export const variantOffers = defineQuestion({
  name: 'products.variant-offers.v1',
  description: 'What each variant costs now, and whether it can be bought at all. Unknown variants are left out.',
  input: variantIds,
  answer: z.array(
    z.object({
      variantId: z.uuid(),
      unitPrice: z.int().nonnegative(),
      currencyCode: z.enum(['EUR', 'GBP', 'USD']),
      purchasable: z.boolean(),
    }),
  ),
})

export const variantAvailability = defineQuestion({
  name: 'inventory.variant-availability.v1',
  description: 'How many units of each variant can be bought now. A variant that no location stocks has none.',
  input: variantIds,
  answer: z.array(z.object({ variantId: z.uuid(), available: z.int() })),
})
