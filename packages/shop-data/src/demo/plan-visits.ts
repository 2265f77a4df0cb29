import type { Random } from '../seeded-random.ts'
import { seededRandom } from '../seeded-random.ts'
import type { DemoCustomer } from './build-customers.ts'
import type { DemoProduct } from './build-products.ts'
import { DAY, HOUR, MINUTE } from './calendar.ts'
import { fillBasket } from './fill-basket.ts'
import { arrangeShelf, type Shelf } from './shelf.ts'

const ORDER_COUNT = 6_000
const FEWEST_ORDERS = 3
const FEWEST_OF_THE_FIRST = 18
const YEAR = 365

/** One visit that ended in an order. */
export interface Visit {
  readonly customer: DemoCustomer
  /** Milliseconds since 1970. */
  readonly at: number
  readonly basket: readonly DemoProduct[]
}

/** A year of visits that ends before `today`, in the order of time. Who joined lately came less often. */
export function planVisits(
  customers: readonly DemoCustomer[],
  products: readonly DemoProduct[],
  seed: number,
  today: number,
): Visit[] {
  const random = seededRandom(seed, 'visits')
  const shelf = arrangeShelf(products, random)
  const counts = countVisits(customers, random)
  return customers
    .flatMap((customer) => visitsOf(customer, counts.get(customer) ?? 0, shelf, today, random))
    .toSorted((one, other) => one.at - other.at)
}

function countVisits(customers: readonly DemoCustomer[], random: Random): Map<DemoCustomer, number> {
  const fewest = (index: number): number => (index === 0 ? FEWEST_OF_THE_FIRST : FEWEST_ORDERS)
  const counts = new Map(customers.map((customer, index) => [customer, fewest(index)]))
  const keenness = new Map(customers.map((customer) => [customer, random.pick([1, 1, 2, 2, 3, 5, 8])]))
  const weights = customers.map((customer) => ({
    customer,
    weight: (keenness.get(customer) ?? 1) * Math.min(customer.age, YEAR),
  }))
  const given = FEWEST_OF_THE_FIRST + (customers.length - 1) * FEWEST_ORDERS
  for (let order = given; order < ORDER_COUNT; order += 1) {
    const { customer } = random.pickWeighted(weights, ({ weight }) => weight)
    counts.set(customer, (counts.get(customer) ?? 0) + 1)
  }
  return counts
}

function visitsOf(customer: DemoCustomer, count: number, shelf: Shelf, today: number, random: Random): Visit[] {
  const oldest = Math.min(YEAR, customer.age - 1)
  const days = Array.from({ length: count }, () => random.between(1, oldest)).toSorted((one, other) => other - one)
  const staples = random.shuffle(customer.taste.staples).slice(0, 2)
  const place = random.between(0, 3)
  const favourites = staples.map((typeKey) => shelf.ofType(typeKey, place))
  const lastBought = new Map<DemoProduct, number>()
  return days.map((daysAgo) => {
    const due = favourites.filter((product) => {
      const since = (lastBought.get(product) ?? Number.POSITIVE_INFINITY) - daysAgo
      return since >= (product.type.lasts ?? 0) && random.next() < 0.6
    })
    const basket = fillBasket(customer, due, daysAgo, shelf, random)
    for (const product of basket) lastBought.set(product, daysAgo)
    const at = today - daysAgo * DAY + random.between(7, 22) * HOUR + random.between(0, 59) * MINUTE
    return { customer, at: at + random.between(0, 59) * 1_000, basket }
  })
}
