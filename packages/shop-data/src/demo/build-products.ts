import type { ProductRecord } from '@cartograph/contracts'
import type { Random } from '../seeded-random.ts'
import { slug } from '../slug.ts'
import { stableUuid } from '../stable-uuid.ts'
import { categoryId, categoryLeaves } from './build-categories.ts'
import { DAY, instant } from './calendar.ts'
import { describeProduct } from './describe-product.ts'
import type { Department, ProductType } from './product-type.ts'
import { DEPARTMENTS } from './products/index.ts'
import { VARIANT_OPTIONS, type VariantOption } from './variant-tables.ts'
import { weighVariant } from './weigh-variant.ts'

const PRODUCT_COUNT = 400
const PER_TYPE = 4

/** A product with what the demo shop knows beyond the record. */
export interface DemoProduct {
  readonly record: ProductRecord
  readonly type: ProductType
  /** Its place among the products of its type; bundles join products of equal place. */
  readonly place: number
  /** Days before the start of today on which it came into the shop. */
  readonly age: number
  /** Its share of the sales of its category; falls with rank as 1/n. */
  readonly popularity: number
}

/** The 400 products in the order of the departments, priced in pence. The random source decides all chance. */
export function buildProducts(random: Random, today: number): DemoProduct[] {
  const counters = new Map<string, number>()
  const leaves = categoryLeaves()
  const types = DEPARTMENTS.flatMap((department) => department.types.map((type) => ({ department, type })))
  let extra = PRODUCT_COUNT - types.length * PER_TYPE
  return types.flatMap(({ department, type }, typeIndex) => {
    // Only a department has more names to give than the four of a type.
    const count = PER_TYPE + (type.models === undefined && extra-- > 0 ? 1 : 0)
    const ranks = random.shuffle(Array.from({ length: count }, (_, rank) => rank))
    return ranks.map((rank, place): DemoProduct => {
      const serial = (counters.get(type.category) ?? 0) + 1
      counters.set(type.category, serial)
      const leaf = leaves.get(type.category)!
      const sku = `${leaf.code}-${String(serial).padStart(3, '0')}`
      // The fifth product of a type is in no bundle, so it may have arrived within the year of orders.
      const age = place === PER_TYPE ? random.between(20, 200) : random.between(380, 900)
      const createdAt = instant(today - age * DAY)
      const record = buildProduct(
        { department, type, typeIndex, place, count, sku, createdAt, grams: leaf.grams },
        random,
      )
      return { record, type, place, age, popularity: 1 / (rank + 1) }
    })
  })
}

interface Plan {
  readonly department: Department
  readonly type: ProductType
  readonly typeIndex: number
  readonly place: number
  readonly count: number
  readonly sku: string
  readonly createdAt: string
  readonly grams: number
}

function buildProduct(plan: Plan, random: Random): ProductRecord {
  const { department, type, typeIndex, place, count, sku, createdAt, grams } = plan
  const { brands } = department
  const models = type.models ?? department.models
  const model = models[(type.models === undefined ? typeIndex * 3 + place : place) % models.length] as string
  const brand = brands[(typeIndex + place) % brands.length] as string
  const title = `${brand} ${model} ${type.noun}`
  const [low, high] = type.price
  const pounds = low + Math.floor(((high - low) * place) / (count - 1))
  const price = pounds * 100 + random.pick([50, 99, 99])
  const reduced = random.next() < 0.12
  return {
    kind: 'product',
    id: stableUuid('demo-shop/product', sku),
    slug: slug(title),
    title,
    description: describeProduct(type, brand, model, typeIndex + place),
    brand,
    categoryIds: [categoryId(type.category)],
    createdAt,
    variants: chooseOptions(type, random).map((option) => {
      const variantPrice = priceOfOption(price, option)
      return {
        id: stableUuid('demo-shop/variant', `${sku}-${option.code}`),
        sku: `${sku}-${option.code}`,
        title: option.title,
        price: variantPrice,
        compareAtPrice: reduced ? priceOfOption(variantPrice, { times: 125 }) : null,
        currencyCode: 'GBP',
        weight: weighVariant(sku, grams, option),
      }
    }),
  }
}

function chooseOptions(type: ProductType, random: Random): readonly VariantOption[] {
  const options = VARIANT_OPTIONS[type.variants]
  return type.variants === 'colour' ? random.shuffle(options).slice(0, random.between(2, 4)) : options
}

/** Keeps the pence of the base price, so that every price ends in .99 or .50. */
function priceOfOption(base: number, { times }: Pick<VariantOption, 'times'>): number {
  const pence = base % 100
  return Math.max(base, Math.floor(((base - pence) * times) / 10_000) * 100 + pence)
}
