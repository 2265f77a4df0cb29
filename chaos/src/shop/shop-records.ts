import type { CustomerRecord, ProductRecord, ShopRecord, StockRecord } from '@cartograph/contracts'
import { seededRandom, stableUuid } from '@cartograph/shop-data'

export interface Variant {
  readonly id: string
  readonly currencyCode: 'GBP' | 'EUR'
}

const namespace = 'cartograph/chaos'
const begun = '2026-01-01T00:00:00.000Z'

/** Everybody wants it, and there are a hundred. */
export const hotVariant: Variant = { id: stableUuid(namespace, 'variant hot'), currencyCode: 'GBP' }
export const hotUnits = 100

/** What else there is: in two currencies, a third of it scarce. */
export const variants: readonly Variant[] = Array.from({ length: 36 }, (_, index) => ({
  id: stableUuid(namespace, `variant ${index}`),
  currencyCode: index % 3 === 2 ? 'EUR' : 'GBP',
}))

/** Nobody buys it: it is there to be edited, and to come and go. */
export const unsoldVariant: Variant = { id: stableUuid(namespace, 'variant unsold'), currencyCode: 'GBP' }
export const unsoldProductId = stableUuid(namespace, 'product unsold')

export const adminEmail = 'admin@chaos.example'
export const userEmails: readonly string[] = Array.from({ length: 8 }, (_, index) => `buyer-${index}@chaos.example`)

/** The shop that is put under stress, as the load programs take it. */
export function* shopRecords(seed: number): Generator<ShopRecord> {
  const random = seededRandom(seed, 'shop')
  yield productOf(hotVariant, 'hot', 4_999)
  yield productOf(unsoldVariant, 'unsold', 999)
  for (const [index, variant] of variants.entries()) yield productOf(variant, String(index), random.between(99, 9_999))
  yield stockOf(hotVariant, hotUnits)
  yield stockOf(unsoldVariant, 3)
  for (const [index, variant] of variants.entries()) {
    yield stockOf(variant, index % 3 === 0 ? random.between(20, 60) : random.between(2_000, 5_000))
  }
  yield customerOf(adminEmail, 'ADMIN')
  for (const email of userEmails) yield customerOf(email, 'CUSTOMER')
}

function productOf({ id, currencyCode }: Variant, name: string, price: number): ProductRecord {
  const variant = { id, sku: `CHAOS-${name}`, title: 'One', price, compareAtPrice: null, currencyCode, weight: 250 }
  return {
    kind: 'product',
    id: stableUuid(namespace, `product ${name}`),
    slug: `chaos-${name}`,
    title: `Thing ${name}`,
    description: '',
    brand: null,
    categoryIds: [],
    createdAt: begun,
    variants: [variant],
  }
}

function stockOf({ id }: Variant, received: number): StockRecord {
  return { kind: 'stock', variantId: id, sku: `CHAOS-${id}`, received, lowStockThreshold: 5 }
}

function customerOf(email: string, role: 'ADMIN' | 'CUSTOMER'): CustomerRecord {
  return {
    kind: 'customer',
    id: stableUuid(namespace, email),
    email,
    displayName: email,
    roles: [role],
    demoPassword: true,
    preferredCurrency: 'GBP',
    createdAt: begun,
    address: null,
  }
}
