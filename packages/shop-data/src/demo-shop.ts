import type { ShopRecord } from '@cartograph/contracts'
import { buildCarts } from './demo/build-carts.ts'
import { buildCategories } from './demo/build-categories.ts'
import { buildCustomers } from './demo/build-customers.ts'
import { buildOrders } from './demo/build-orders.ts'
import { buildProducts } from './demo/build-products.ts'
import { buildStock } from './demo/build-stock.ts'
import { DAY, startOfDay } from './demo/calendar.ts'
import { planVisits } from './demo/plan-visits.ts'
import { seededRandom } from './seeded-random.ts'
import { staffAccounts } from './staff-accounts.ts'

const STAFF_AGE = 1_000

/**
 * A made-up shop: categories (parents first), 400 products, stock, 300 customers and four staff accounts, a year of
 * 6,000 orders in the order of time that ends before the UTC day of `now`, and carts. The same seed and now give the
 * same bytes; another now moves the times and nothing else. Throws a RangeError when `now` is not a valid date.
 */
export function* demoShop({ seed = 1, now }: { seed?: number; now: Date }): Generator<ShopRecord, void, undefined> {
  const today = startOfDay(now)
  const products = buildProducts(seededRandom(seed, 'products'), today)
  const stock = buildStock(products, seededRandom(seed, 'stock'))
  const customers = buildCustomers(seededRandom(seed, 'customers'), today)
  yield* buildCategories()
  yield* products.map(({ record }) => record)
  yield* stock
  yield* customers.map(({ record }) => record)
  yield* staffAccounts(new Date(today - STAFF_AGE * DAY))
  yield* buildOrders(planVisits(customers, products, seed, today), seed, today)
  yield* buildCarts(customers, products, stock, seed, today)
}
