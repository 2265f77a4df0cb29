import type { Random } from '../seeded-random.ts'
import type { DemoCustomer } from './build-customers.ts'
import type { DemoProduct } from './build-products.ts'
import type { Shelf } from './shelf.ts'

const MOST_LINES = 6
const SIZES = [
  { lines: 1, weight: 22 },
  { lines: 2, weight: 28 },
  { lines: 3, weight: 22 },
  { lines: 4, weight: 14 },
  { lines: 5, weight: 8 },
  { lines: 6, weight: 6 },
]

/** What a customer takes home: one to six different products, namely staples that ran out, a bundle, and finds. */
export function fillBasket(
  { taste, secondTaste }: DemoCustomer,
  due: readonly DemoProduct[],
  daysAgo: number,
  shelf: Shelf,
  random: Random,
): DemoProduct[] {
  const size = random.pickWeighted(SIZES, ({ weight }) => weight).lines
  const basket = new Set<DemoProduct>(due)
  if (size > 1 && random.next() < 0.6) {
    for (const product of shelf.bundle(taste)) if (random.next() < 0.95) basket.add(product)
  }
  while (basket.size < size) {
    const chance = random.next()
    if (chance < 0.8) basket.add(shelf.toTaste(taste, daysAgo))
    else if (chance < 0.92) basket.add(shelf.toTaste(secondTaste, daysAgo))
    else basket.add(shelf.anything(daysAgo))
  }
  return [...basket].slice(0, MOST_LINES)
}
