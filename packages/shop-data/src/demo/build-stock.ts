import type { StockRecord } from '@cartograph/contracts'
import type { Random } from '../seeded-random.ts'
import type { DemoProduct } from './build-products.ts'

const LOW_STOCK_THRESHOLD = 5

/** One record per variant: about 4 % have nothing, 6 % are low, the rest have plenty. */
export function buildStock(products: readonly DemoProduct[], random: Random): StockRecord[] {
  return products.flatMap(({ record }) =>
    record.variants.map(({ id, sku }) => ({
      kind: 'stock',
      variantId: id,
      sku,
      received: receivedUnits(random),
      lowStockThreshold: LOW_STOCK_THRESHOLD,
    })),
  )
}

function receivedUnits(random: Random): number {
  const chance = random.next()
  if (chance < 0.04) return 0
  if (chance < 0.1) return random.between(1, LOW_STOCK_THRESHOLD)
  return random.between(40, 400)
}
