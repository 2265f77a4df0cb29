import { createHash } from 'node:crypto'
import { shopRecord, type ShopRecord } from '@cartograph/contracts'
import { describe, expect, test } from 'vitest'
import { demoShop } from './demo-shop.ts'
import { assertIntegrity, ofKind, withoutTimes } from './stream-checks.test-kit.ts'

const now = new Date('2025-06-15T10:11:12Z')
const DAY = 86_400_000
const records = [...demoShop({ now })]
const orders = ofKind(records, 'order')
const customers = ofKind(records, 'customer').filter(({ roles }) => roles.includes('CUSTOMER'))

function fingerprint(stream: Iterable<ShopRecord>): string {
  const digest = createHash('sha256')
  for (const record of stream) digest.update(`${JSON.stringify(record)}\n`)
  return digest.digest('hex')
}

test('every record has the shape of the contract, and the stream refers only to what came before', () => {
  for (const record of records) expect(shopRecord.safeParse(record).error).toBeUndefined()
  assertIntegrity(records)
})

test('holds what it says', () => {
  const counts = Object.fromEntries(
    Map.groupBy(records, ({ kind }) => kind)
      .entries()
      .map(([k, v]) => [k, v.length]),
  )
  expect(counts).toMatchObject({ category: 48, product: 400, customer: 304, order: 6_000, cart: 25 })
  expect(counts['stock']).toBe(ofKind(records, 'product').flatMap(({ variants }) => variants).length)
})

describe('determinism', () => {
  test('the same seed and now give the same bytes, another seed others', () => {
    expect(fingerprint(demoShop({ now, seed: 1 }))).toBe(fingerprint(records))
    expect(fingerprint(demoShop({ now, seed: 2 }))).not.toBe(fingerprint(records))
  })

  test('another now moves the times and nothing else', () => {
    const later = demoShop({ now: new Date('2027-02-03T00:00:00Z') })
    expect(fingerprint(withoutTimes(later))).toBe(fingerprint(withoutTimes(records)))
  })

  test('refuses a now that is no date', () => {
    expect(() => [...demoShop({ now: new Date('never') })]).toThrow(RangeError)
  })
})

describe('products', () => {
  const products = ofKind(records, 'product')

  test('have prices that end in .99 or .50 and descriptions of two to four sentences', () => {
    for (const { variants, description } of products) {
      expect(variants.length).toBeGreaterThanOrEqual(1)
      expect(variants.length).toBeLessThanOrEqual(4)
      for (const { price } of variants) expect([50, 99]).toContain(price % 100)
      const sentences = description.match(/[.](?= [A-Z]|$)/g)?.length ?? 0
      expect(sentences).toBeGreaterThanOrEqual(2)
      expect(sentences).toBeLessThanOrEqual(4)
    }
    expect(new Set(products.map(({ description }) => description)).size).toBe(products.length)
  })

  test('weigh what their titles say, packed, and otherwise what such things weigh, more for a larger one', () => {
    const weightOf = new Map(products.flatMap(({ variants }) => variants).map(({ sku, weight }) => [sku, weight]))
    for (const [sku, weight] of weightOf) {
      expect(weight % 10).toBe(0)
      expect(weight).toBeGreaterThan(0)
      expect(weight).toBeLessThan(30_000)
      if (sku.endsWith('-250G')) expect(weight).toBe(290)
      if (sku.endsWith('-12KG')) expect(weight).toBe(12_040)
      if (sku.endsWith('-3PK')) expect(weight).toBeGreaterThan(weightOf.get(sku.replace('-3PK', '-1PK'))! * 2)
    }
    expect(new Set(weightOf.values()).size).toBeGreaterThan(100)
  })

  test('are mostly in stock', () => {
    const stock = ofKind(records, 'stock')
    const share = (matches: (received: number) => boolean): number =>
      stock.filter(({ received }) => matches(received)).length / stock.length
    expect(share((received) => received === 0)).toBeCloseTo(0.04, 1)
    expect(share((received) => received > 0 && received <= 5)).toBeCloseTo(0.06, 1)
  })
})

describe('customers', () => {
  test('begin with customer@example.com, who can log in and has orders and a cart', () => {
    const first = ofKind(records, 'customer')[0]
    expect(first).toMatchObject({ email: 'customer@example.com', roles: ['CUSTOMER'], demoPassword: true })
    expect(first?.address).not.toBeNull()
    expect(orders.filter(({ customerId }) => customerId === first?.id).length).toBeGreaterThanOrEqual(12)
    expect(ofKind(records, 'cart').find(({ customerId }) => customerId === first?.id)?.lines).toHaveLength(3)
  })

  test('the first ten and the staff alone have the demo password', () => {
    expect(customers).toHaveLength(300)
    expect(customers.map(({ demoPassword }) => demoPassword)).toEqual(customers.map((_, index) => index < 10))
    const staff = ofKind(records, 'customer').filter((record) => !customers.includes(record))
    expect(staff.map(({ email, roles, demoPassword }) => [email, roles, demoPassword])).toEqual([
      ['admin@example.com', ['ADMIN'], true],
      ['support@example.com', ['SUPPORT'], true],
      ['merchandiser@example.com', ['MERCHANDISER'], true],
      ['warehouse@example.com', ['WAREHOUSE'], true],
    ])
    const staffIds = new Set(staff.map(({ id }) => id))
    expect(orders.some(({ customerId }) => staffIds.has(customerId))).toBe(false)
  })

  test('have addresses at example.com only', () => {
    for (const { email } of customers) expect(email).toMatch(/^[a-z0-9.]+@example\.com$/)
  })
})

describe('orders', () => {
  test('are numbered in the order of time, over a year that ends before now', () => {
    expect(orders.map(({ number }) => number)).toEqual(orders.map((_, index) => `D-${100_001 + index}`))
    expect(orders.map(({ placedAt }) => placedAt)).toEqual(orders.map(({ placedAt }) => placedAt).toSorted())
    expect(orders.map(({ id }) => id)).toEqual(orders.map(({ id }) => id).toSorted())
    for (const { placedAt, fulfilledAt, cancelledAt } of orders) {
      expect(now.getTime() - Date.parse(placedAt)).toBeLessThan(366 * DAY)
      for (const later of [fulfilledAt, cancelledAt]) {
        if (later !== null) expect(placedAt < later && later < now.toISOString()).toBe(true)
      }
    }
  })

  test('are fulfilled within three days, the latest not yet, and 3 % are cancelled', () => {
    const open = orders.filter(({ fulfilledAt, cancelledAt }) => fulfilledAt === null && cancelledAt === null)
    expect(open.length).toBeGreaterThan(10)
    for (const { placedAt } of open) expect(now.getTime() - Date.parse(placedAt)).toBeLessThan(4 * DAY)
    expect(orders.filter(({ cancelledAt }) => cancelledAt !== null).length / orders.length).toBeCloseTo(0.03, 2)
  })

  test('have one to six lines', () => {
    expect(new Set(orders.map(({ lines }) => lines.length))).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  })
})
