import type { Random } from '../seeded-random.ts'
import type { DemoProduct } from './build-products.ts'
import type { TasteGroup } from './taste-groups.ts'

/** How often the bundles of the first, second, third and fourth place are bought, relative to each other. */
const PLACE_WEIGHTS = [4, 4, 3, 3]

/** The products as a shopper meets them on a given day before today (0 is today). */
export interface Shelf {
  /** Any product, popular ones more often. */
  anything(daysAgo: number): DemoProduct
  /** A product of the group's categories, the best loved most often. */
  toTaste(taste: TasteGroup, daysAgo: number): DemoProduct
  /** The products of one of the group's bundles, in the order of the table. */
  bundle(taste: TasteGroup): DemoProduct[]
  /** The product at this place of its type, from 0 to 3. */
  ofType(typeKey: string, place: number): DemoProduct
}

/** Arranges the products by category and type; all chance comes from `random`. */
export function arrangeShelf(products: readonly DemoProduct[], random: Random): Shelf {
  const byCategory = Map.groupBy(products, ({ type }) => type.category)
  const byType = Map.groupBy(products, ({ type }) => type.key)
  const choose = (among: readonly DemoProduct[], daysAgo: number): DemoProduct =>
    random.pickWeighted(among, ({ popularity, age }) => (age > daysAgo ? popularity : 0))
  const ofType = (typeKey: string, place: number): DemoProduct => {
    const found = byType.get(typeKey)?.find((product) => product.place === place)
    if (found === undefined) throw new Error(`The demo shop has no "${typeKey}" at place ${place}.`)
    return found
  }
  return {
    anything: (daysAgo) => choose(products, daysAgo),
    toTaste: (taste, daysAgo) => {
      const category = random.pickWeighted(taste.categories, (key) => 1 / (taste.categories.indexOf(key) + 2))
      return choose(byCategory.get(category) ?? [], daysAgo)
    },
    bundle: (taste) => {
      const place = random.pickWeighted([0, 1, 2, 3], (index) => PLACE_WEIGHTS[index] ?? 0)
      return random.pick(taste.bundles).map((typeKey) => ofType(typeKey, place))
    },
    ofType,
  }
}
