import type { CartRecord, StockRecord } from '@cartograph/contracts'
import { seededRandom } from '../seeded-random.ts'
import { stableUuid } from '../stable-uuid.ts'
import type { DemoCustomer } from './build-customers.ts'
import type { DemoProduct } from './build-products.ts'
import { HOUR, instant } from './calendar.ts'
import { arrangeShelf } from './shelf.ts'

const EVERY = 12
const LINES_OF_THE_FIRST = 3

/** A cart of three lines for the first customer, and one of one to four lines for every twelfth; all are in stock. */
export function* buildCarts(
  customers: readonly DemoCustomer[],
  products: readonly DemoProduct[],
  stock: readonly StockRecord[],
  seed: number,
  today: number,
): Generator<CartRecord> {
  const random = seededRandom(seed, 'carts')
  const plenty = new Set(stock.flatMap((row) => (row.received > row.lowStockThreshold ? [row.variantId] : [])))
  const available = (product: DemoProduct) => product.record.variants.filter(({ id }) => plenty.has(id))
  const shelf = arrangeShelf(
    products.filter((product) => available(product).length > 0),
    random,
  )
  for (const [index, { record, taste }] of customers.entries()) {
    if (index % EVERY !== 0) continue
    const size = index === 0 ? LINES_OF_THE_FIRST : random.between(1, 4)
    const chosen = new Set<DemoProduct>()
    while (chosen.size < size) chosen.add(shelf.toTaste(taste, 0))
    yield {
      kind: 'cart',
      id: stableUuid('demo-shop/cart', record.email),
      customerId: record.id,
      currencyCode: 'GBP',
      updatedAt: instant(today - random.between(1, 96) * HOUR),
      lines: [...chosen].map((product, position) => {
        const variant = random.pick(available(product))
        return {
          id: stableUuid('demo-shop/cart-line', `${record.email}/${position}`),
          variantId: variant.id,
          quantity: random.between(1, 2),
          unitPrice: variant.price,
        }
      }),
    }
  }
}
