import type { ProductRecord } from '@cartograph/contracts'
import { slug } from '../slug.ts'
import { stableUuid } from '../stable-uuid.ts'
import { deriveCategories, type DerivedCategory, OTHER, retailCategoryId } from './derive-categories.ts'
import type { CsvListener, CsvRow } from './open-csv.ts'
import { BadCell, parsePence, parseText, quoted } from './parse-fields.ts'
import { titleCase } from './title-case.ts'

export const CATALOGUE_COLUMNS = ['sku', 'name', 'median_price_gbp'] as const
/** The first day of the orders, when every product was on sale. */
export const SHOP_OPENED = new Date('2010-12-01T00:00:00Z')

/** What the orders need to know of a SKU, and how many units of it they have sold so far. */
export interface CatalogueEntry {
  readonly sku: string
  readonly productId: string
  readonly variantId: string
  readonly title: string
  readonly price: number
  unitsSold: number
}

/** The file has no weights. Most of what it lists is small: a quarter of a kilogram, packed, stands for all of it. */
const GRAMS_OF_ONE = 250

type CatalogueRow = CsvRow<typeof CATALOGUE_COLUMNS>

/** One product with one variant per good row; `entries` has the product's SKU by the time it is yielded. */
export async function* readCatalogue(
  rows: AsyncIterable<CatalogueRow>,
  entries: Map<string, CatalogueEntry>,
  onProblem: CsvListener['onProblem'],
): AsyncGenerator<ProductRecord, void, undefined> {
  const slugs = new Set<string>()
  for await (const { line, cells } of rows) {
    try {
      const [skuCell, nameCell, priceCell] = cells
      const sku = parseText('sku', skuCell)
      if (entries.has(sku)) throw new BadCell(`sku ${quoted(sku)} was on an earlier line`)
      const title = titleCase(parseText('name', nameCell))
      const price = parsePence('median_price_gbp', priceCell)
      const product = productOf(sku, title, price, freeSlug(title, sku, slugs))
      const variantId = product.variants[0]?.id ?? ''
      entries.set(sku, { sku, productId: product.id, variantId, title, price, unitsSold: 0 })
      yield product
    } catch (error) {
      if (!(error instanceof BadCell)) throw error
      onProblem({ line, reason: error.message })
    }
  }
}

function productOf(sku: string, title: string, price: number, productSlug: string): ProductRecord {
  const categories = deriveCategories(title)
  return {
    kind: 'product',
    id: stableUuid('online-retail/product', sku),
    slug: productSlug,
    title,
    description: describe(title, categories),
    brand: null,
    categoryIds: categories.map(({ key }) => retailCategoryId(key)),
    createdAt: SHOP_OPENED.toISOString(),
    variants: [
      {
        id: stableUuid('online-retail/variant', sku),
        sku,
        title: 'Standard',
        price,
        compareAtPrice: null,
        currencyCode: 'GBP',
        weight: GRAMS_OF_ONE,
      },
    ],
  }
}

/** The file has no descriptions, so the sentence says no more than the name and the categories do. */
function describe(title: string, categories: readonly DerivedCategory[]): string {
  const ranges = categories.filter(({ key }) => key !== OTHER).map(({ name }) => name)
  return ranges.length === 0 ? `${title}.` : `${title}, from our range of ${ranges.join(' and ')}.`
}

/** SKUs that differ only in case or punctuation make the same slug; a number then tells them apart. */
function freeSlug(title: string, sku: string, taken: Set<string>): string {
  const base = slug(`${title} ${sku}`) || 'product'
  let free = base
  for (let number = 2; taken.has(free); number += 1) free = `${base}-${number}`
  taken.add(free)
  return free
}
