import type { OrderRecord } from '@cartograph/contracts'
import { expect, test } from 'vitest'
import { demoShop } from '../demo-shop.ts'
import { seededRandom } from '../seeded-random.ts'
import { categoryId } from './build-categories.ts'
import { buildCustomers } from './build-customers.ts'
import { buildProducts, type DemoProduct } from './build-products.ts'
import { startOfDay } from './calendar.ts'
import { TASTE_GROUPS } from './taste-groups.ts'

const now = new Date('2025-06-15T10:11:12Z')
const orders = [...demoShop({ now })].filter((record): record is OrderRecord => record.kind === 'order')
const products = buildProducts(seededRandom(1, 'products'), startOfDay(now))
const baskets = orders.map(({ lines }) => lines.map(({ productId }) => productId))

/** The products bought with the others, nearest first by the cosine of their orders. */
function neighbours(): Map<string, string[]> {
  const sold = new Map<string, number>()
  const together = new Map<string, Map<string, number>>()
  for (const basket of baskets) {
    for (const one of basket) {
      sold.set(one, (sold.get(one) ?? 0) + 1)
      const row = together.get(one) ?? new Map<string, number>()
      together.set(one, row)
      for (const other of basket) if (other !== one) row.set(other, (row.get(other) ?? 0) + 1)
    }
  }
  const cosine = (one: string, other: string, count: number): number =>
    count / Math.sqrt((sold.get(one) ?? 0) * (sold.get(other) ?? 0))
  return new Map(
    [...together].map(([one, row]) => [
      one,
      [...row]
        .map(([other, count]) => ({ other, score: cosine(one, other, count) }))
        .toSorted((left, right) => right.score - left.score)
        .map(({ other }) => other),
    ]),
  )
}

test('the partner in a bundle is among the five nearest products', () => {
  const nearest = neighbours()
  const find = (typeKey: string, place: number): DemoProduct => {
    const found = products.find((product) => product.type.key === typeKey && product.place === place)
    if (found === undefined) throw new Error(`No ${typeKey} at place ${place}`)
    return found
  }
  const missed: string[] = []
  for (const bundle of TASTE_GROUPS.flatMap(({ bundles }) => bundles)) {
    for (const place of [0, 1, 2, 3]) {
      const members = bundle.map((typeKey) => find(typeKey, place).record)
      for (const one of members) {
        const top = nearest.get(one.id)?.slice(0, 5) ?? []
        const far = members.filter((other) => other !== one && !top.includes(other.id))
        missed.push(...far.map((other) => `${one.slug} > ${other.slug}`))
      }
    }
  }
  expect(missed).toEqual([])
})

test('most of what a customer buys belongs to their taste', () => {
  const customers = buildCustomers(seededRandom(1, 'customers'), startOfDay(now))
  const categoryOf = new Map(products.map(({ record }) => [record.id, record.categoryIds[0]]))
  const ordersOf = Map.groupBy(orders, ({ customerId }) => customerId)
  const shares = customers.map(({ record, taste }) => {
    const own = new Set(taste.categories.map(categoryId))
    const bought = (ordersOf.get(record.id) ?? []).flatMap(({ lines }) => lines.map(({ productId }) => productId))
    return bought.filter((id) => own.has(categoryOf.get(id) ?? '')).length / bought.length
  })
  expect(shares.filter((share) => share > 0.5).length / shares.length).toBeGreaterThan(0.98)
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.75)
})

test('every bundle and staple names a type that is sold, in a category of the group', () => {
  for (const { bundles, staples, categories } of TASTE_GROUPS) {
    for (const key of [...bundles.flat(), ...staples]) {
      const type = products.find((product) => product.type.key === key)?.type
      expect(categories).toContain(type?.category)
      if (staples.includes(key)) expect(type?.lasts).toBeGreaterThan(0)
    }
  }
})

test('sales are skewed: the first tenth of the products makes a fifth of them at least', () => {
  const groups = [...Map.groupBy(baskets.flat(), (id) => id).values()]
  const sold = groups.map(({ length }) => length).toSorted((one, other) => other - one)
  const total = sold.reduce((sum, count) => sum + count, 0)
  expect(sold.slice(0, 40).reduce((sum, count) => sum + count, 0) / total).toBeGreaterThan(0.2)
})
