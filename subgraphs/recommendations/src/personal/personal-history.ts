import { type CustomerHistory, daysOf, type PastOrder } from '@cartograph/recommender'
import type { Customer } from './read-customer.ts'

/** Where recommendations are shown. */
export type Placement = 'HOME' | 'PRODUCT' | 'CART' | 'EMAIL'

/** What a view and an addition to a cart say beside a purchase, and after how many days they say half of it. */
const interests: Record<Placement, { VIEW: number; ADD_TO_CART: number; halfLife: number }> = {
  HOME: { VIEW: 0.3, ADD_TO_CART: 0.6, halfLife: 7 },
  PRODUCT: { VIEW: 3, ADD_TO_CART: 0.6, halfLife: 0.1 },
  CART: { VIEW: 0.3, ADD_TO_CART: 3, halfLife: 0.1 },
  EMAIL: { VIEW: 0.3, ADD_TO_CART: 0.6, halfLife: 7 },
}

/** So long after it was put into a cart, a product is taken to be in it, or to be left there on purpose. */
const inCartMs = 7 * 86_400_000

/** What was put into a cart after this is not recommended until it is bought; null for mails, which remind of it. */
export function inCartSince(placement: Placement, now: Date): Date | null {
  return placement === 'EMAIL' ? null : new Date(now.getTime() - inCartMs)
}

/** A customer as a model reads them: products are item numbers, times days since 1970. */
export interface PersonalHistory {
  readonly history: CustomerHistory
  /** What is not to be recommended: what was dismissed and not bought since, and what was put into a cart of late. */
  readonly excluded: ReadonlySet<number>
}

/** What a model does not know is left out. `now` is the time of the request. */
export function personalHistory(
  { purchases, interactions }: Customer,
  itemOf: ReadonlyMap<string, number>,
  placement: Placement,
  now: Date,
): PersonalHistory {
  const orders = new Map<string, PastOrder & { items: number[] }>()
  const boughtAt = new Map<number, Date>()
  for (const { orderId, productId, at } of purchases) {
    const item = itemOf.get(productId)
    if (item === undefined) continue
    const order = orders.get(orderId) ?? { placedAt: daysOf(at), items: [] }
    order.items.push(item)
    orders.set(orderId, order)
    boughtAt.set(item, at)
  }
  const weights = interests[placement]
  const inCart = inCartSince(placement, now)
  const weightOf = new Map<number, number>()
  const excluded = new Set<number>()
  for (const { type, productId, at } of interactions) {
    const item = itemOf.get(productId)
    if (item === undefined) continue
    const isBoughtSince = (boughtAt.get(item) ?? new Date(0)) > at
    const age = Math.max(0, daysOf(now) - daysOf(at))
    if (type === 'DISMISS') {
      if (!isBoughtSince) excluded.add(item)
      continue
    }
    if (type === 'ADD_TO_CART' && inCart !== null && at > inCart && !isBoughtSince) excluded.add(item)
    // Looking at a thing twice is not two things looked at: the newest and strongest sign counts.
    weightOf.set(item, Math.max(weightOf.get(item) ?? 0, weights[type] * 2 ** (-age / weights.halfLife)))
  }
  return {
    history: {
      orders: [...orders.values()],
      interests: Array.from(weightOf, ([item, weight]) => ({ item, weight })),
    },
    excluded,
  }
}
