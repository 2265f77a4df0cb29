import type { OrderRecord, ShopRecord } from '@cartograph/contracts'
import { uuidOf } from '@cartograph/test-kit'

export function category(number: number, parent: number | null = null): ShopRecord {
  const parentId = parent === null ? null : uuidOf('category', parent)
  return {
    kind: 'category',
    id: uuidOf('category', number),
    parentId,
    slug: `category-${number}`,
    name: `Category ${number}`,
    position: number,
  }
}

/** Product `number` in two variants, `number` and 1000 more; the title is a word of its own, where none is given. */
export function product(
  number: number,
  categories: readonly number[] = [],
  title = `Product${number}`,
): ShopRecord & { kind: 'product' } {
  const variant = (place: number) => ({
    id: uuidOf('variant', place),
    sku: `SKU-${place}`,
    title: 'One',
    price: 100,
    compareAtPrice: null,
    currencyCode: 'GBP' as const,
    weight: 100,
  })
  return {
    kind: 'product',
    id: uuidOf('product', number),
    slug: `product-${number}`,
    title,
    description: '',
    brand: null,
    categoryIds: categories.map((place) => uuidOf('category', place)),
    createdAt: '2026-01-01T00:00:00.000Z',
    variants: [variant(number), variant(number + 1000)],
  }
}

/** Order `number`, placed by a user on a day since the beginning of 2026. */
export function order(
  number: number,
  user: number,
  day: number,
  products: readonly number[],
  changes: Partial<OrderRecord> = {},
): OrderRecord {
  return {
    kind: 'order',
    id: uuidOf('order', number),
    number: `T-${number}`,
    customerId: uuidOf('user', user),
    placedAt: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
    fulfilledAt: null,
    cancelledAt: null,
    currencyCode: 'GBP',
    lines: products.map((place, position) => ({
      id: uuidOf('line', number * 1000 + position),
      variantId: uuidOf('variant', place),
      productId: uuidOf('product', place),
      sku: `SKU-${place}`,
      title: `Product ${place}`,
      quantity: 2,
      unitPrice: 100,
    })),
    ...changes,
  }
}

export const [tea, milk, sugar, kettle, spoon, lamp, unsold] = [1, 2, 3, 4, 5, 6, 7] as const
export const [drinks, hotDrinks, kitchen, light] = [1, 2, 3, 4] as const

/**
 * Drinks hold hot drinks; tea is a hot drink, milk a drink; kettle, spoon and lamp belong to the kitchen, the lamp to
 * light as well. What follows from the orders is computed by hand in the tests.
 */
export const cornerShop: ShopRecord[] = [
  category(drinks),
  category(hotDrinks, drinks),
  category(kitchen),
  category(light),
  product(tea, [hotDrinks]),
  product(milk, [drinks]),
  product(sugar),
  product(kettle, [kitchen]),
  product(spoon, [kitchen]),
  product(lamp, [kitchen, light]),
  product(unsold, [light]),
  order(1, 1, 0, [tea, milk, sugar]),
  order(2, 1, 30, [tea, milk, tea]),
  order(3, 2, 60, [tea, milk, kettle]),
  order(4, 2, 90, [tea, kettle, spoon]),
  order(5, 3, 120, [milk, sugar]),
  order(6, 4, 120, [lamp]),
  order(7, 5, 120, [tea, lamp], { cancelledAt: '2026-06-01T00:00:00.000Z' }),
  order(8, 6, 120, [tea, sugar]),
]

const colours = ['Red', 'Blue', 'Green', 'White', 'Black', 'Pink', 'Grey'] as const
const things = ['Mug', 'Bowl', 'Lamp', 'Candle', 'Bag', 'Towel', 'Clock', 'Box', 'Frame', 'Jar', 'Tray'] as const

/** A colour and a thing, some of them with hearts. */
export const titleOf = (number: number) =>
  `${colours[number % colours.length]} ${things[number % things.length]}${number % 5 === 0 ? ' with hearts' : ''}`

/** 60 products in 3 categories and 80 users with a jumble of orders, the same at each run. */
export function jumbleSale(): ShopRecord[] {
  let state = 1
  const below = (limit: number) => (state = (state * 48271) % 2147483647) % limit
  return [
    ...[1, 2, 3].map((number) => category(number)),
    ...Array.from({ length: 60 }, (_, index) => product(index + 1, [(index % 3) + 1], titleOf(index + 1))),
    ...Array.from({ length: 240 }, (_, index) => {
      const products = new Set(
        Array.from({ length: 1 + below(6) }, () => 1 + Math.floor((below(60) * (1 + below(60))) / 60)),
      )
      return order(index + 1, 1 + below(80), below(300), [...products])
    }),
  ]
}
