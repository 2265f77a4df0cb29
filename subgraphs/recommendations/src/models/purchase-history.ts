/** Sets of items, which are counted from 0: set `s` is `items` from `starts[s]` to `starts[s + 1]`, each item once. */
export interface Baskets {
  readonly itemCount: number
  readonly starts: Uint32Array
  readonly items: Uint32Array
}

/** What was bought: a basket for each order, and who placed it when. An item is a product's place in `productIds`. */
export interface PurchaseHistory extends Baskets {
  readonly productIds: readonly string[]
  readonly buyerCount: number
  /** The buyer of each order, counted from 0. */
  readonly buyers: Uint32Array
  /** When each order was placed, in milliseconds since 1970. */
  readonly placedAt: Float64Array
}

/** One basket for each buyer: whatever they bought in any order. */
export function basketsOfBuyers({ itemCount, starts, items, buyerCount, buyers }: PurchaseHistory): Baskets {
  const ordersOf: number[][] = Array.from({ length: buyerCount }, () => [])
  buyers.forEach((buyer, order) => ordersOf[buyer]!.push(order))
  const merged = { itemCount, starts: new Uint32Array(buyerCount + 1), items: new Uint32Array(items.length) }
  /** Who was last seen to have bought an item, counted from 1. */
  const lastBuyer = new Uint32Array(itemCount)
  let end = 0
  ordersOf.forEach((orders, buyer) => {
    for (const order of orders) {
      for (let at = starts[order]!; at < starts[order + 1]!; at++) {
        const item = items[at]!
        if (lastBuyer[item] === buyer + 1) continue
        lastBuyer[item] = buyer + 1
        merged.items[end++] = item
      }
    }
    merged.starts[buyer + 1] = end
  })
  return { ...merged, items: merged.items.subarray(0, end) }
}
