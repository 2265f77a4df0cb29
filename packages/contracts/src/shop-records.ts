import { z } from 'zod'
import { currencyCode } from './currency-code.ts'

/**
 * What a shop is filled with: a stream of records, each addressed to the services that keep a part of it. A dataset
 * (the demo generator, an importer) writes them; every subgraph reads the kinds it owns on standard input, as NDJSON,
 * in its `load` program. Ids are lower-case UUIDs that are a function of the dataset's own keys, so that loading twice
 * writes the same rows. Money is in minor units of `currencyCode`. Times are ISO 8601 in UTC.
 */

const uuid = z.uuid()
const minorUnits = z.int().nonnegative()
const instant = z.iso.datetime()

export const categoryRecord = z.object({
  kind: z.literal('category'),
  id: uuid,
  /** Null for a root; a parent comes before its children in the stream. */
  parentId: uuid.nullable(),
  slug: z.string().min(1),
  name: z.string().min(1),
  position: z.int(),
})

export const productRecord = z.object({
  kind: z.literal('product'),
  id: uuid,
  slug: z.string().min(1),
  title: z.string().min(1),
  description: z.string(),
  brand: z.string().nullable(),
  categoryIds: z.array(uuid),
  createdAt: instant,
  variants: z
    .array(
      z.object({
        id: uuid,
        sku: z.string().min(1),
        title: z.string().min(1),
        price: minorUnits,
        compareAtPrice: minorUnits.nullable(),
        currencyCode,
        /** Grams of one, packed. */
        weight: z.int().nonnegative(),
      }),
    )
    .min(1),
})

export const stockRecord = z.object({
  kind: z.literal('stock'),
  variantId: uuid,
  sku: z.string().min(1),
  /** Units received at the default location, written as one RECEIPT in the ledger. */
  received: z.int().nonnegative(),
  /** At this many available units or fewer a shopper is told that stock is low. */
  lowStockThreshold: z.int().nonnegative(),
})

export const customerRecord = z.object({
  kind: z.literal('customer'),
  id: uuid,
  email: z.email(),
  displayName: z.string().min(1),
  roles: z.array(z.enum(['CUSTOMER', 'SUPPORT', 'MERCHANDISER', 'WAREHOUSE', 'ADMIN'])).min(1),
  /** True: the account gets the demo password. False: none, so that nobody can sign in to it. */
  demoPassword: z.boolean(),
  preferredCurrency: currencyCode,
  createdAt: instant,
  address: z
    .object({
      id: uuid,
      line1: z.string(),
      line2: z.string().nullable(),
      city: z.string(),
      postalCode: z.string(),
      countryCode: z.string().length(2),
    })
    .nullable(),
})

export const orderRecord = z.object({
  kind: z.literal('order'),
  id: uuid,
  number: z.string().min(1),
  customerId: uuid,
  placedAt: instant,
  fulfilledAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  currencyCode,
  lines: z
    .array(
      z.object({
        id: uuid,
        variantId: uuid,
        productId: uuid,
        sku: z.string(),
        title: z.string(),
        quantity: z.int().positive(),
        unitPrice: minorUnits,
      }),
    )
    .min(1),
})

export const cartRecord = z.object({
  kind: z.literal('cart'),
  id: uuid,
  customerId: uuid,
  currencyCode,
  updatedAt: instant,
  lines: z.array(z.object({ id: uuid, variantId: uuid, quantity: z.int().positive(), unitPrice: minorUnits })).min(1),
})

export const shopRecord = z.discriminatedUnion('kind', [
  categoryRecord,
  productRecord,
  stockRecord,
  customerRecord,
  orderRecord,
  cartRecord,
])

/** The last line of a stream. Without it the stream was cut short, and nothing of it is kept. */
export const endOfRecords = '{"kind":"end"}'

export type CategoryRecord = z.infer<typeof categoryRecord>
export type ProductRecord = z.infer<typeof productRecord>
export type StockRecord = z.infer<typeof stockRecord>
export type CustomerRecord = z.infer<typeof customerRecord>
export type OrderRecord = z.infer<typeof orderRecord>
export type CartRecord = z.infer<typeof cartRecord>
export type ShopRecord = z.infer<typeof shopRecord>
