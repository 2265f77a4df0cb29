import { describe, expect, inject, test } from 'vitest'
import { withoutRealData } from '../src/shared-data.ts'
import { ask, customerOf, exampleOperation, signIn } from '../src/shop-client.ts'
import { countStatements } from '../src/statements.ts'

const everything = exampleOperation('1-everything.graphql')

interface Everything {
  viewer: {
    displayName: string
    cart: {
      totalQuantity: number
      subtotal: { amount: string; currencyCode: string }
      lines: {
        quantity: number
        unitPrice: { amount: string }
        priceChanged: boolean
        variant: {
          sku: string
          price: { amount: string }
          availability: { status: string; maxOrderQuantity: number }
          product: { title: string }
        }
      }[]
      suggestions: {
        edges: { node: { title: string; inStock: boolean }; reason: { code: string; becauseOf: { title: string } } }[]
      }
    }
    orders: {
      edges: {
        node: {
          number: string
          status: string
          placedAt: string
          total: { amount: string }
          lines: { variant: { sku: string }; quantity: number }[]
        }
      }[]
    }
    recommendations: {
      edges: {
        score: number
        reason: { code: string; becauseOf: { title: string } }
        node: { title: string; inStock: boolean }
      }[]
    }
  }
}

describe.skipIf(withoutRealData('one query joins everything'))('one query joins everything', () => {
  const { url, databaseUrl } = inject('sharedShop')
  const customer = customerOf['online-retail']

  test('answers from six services in one request, with nothing missing', async () => {
    const headers = await signIn(url, customer)
    const { status, data, errors } = await ask<Everything>(url, everything, {}, headers)

    expect({ status, errors }).toEqual({ status: 200, errors: undefined })
    const { viewer } = data
    expect(viewer.displayName).toBe('Customer 17850')
    expect(viewer.cart.lines).toHaveLength(3)
    expect(viewer.cart.totalQuantity).toBe(viewer.cart.lines.reduce((sum, line) => sum + line.quantity, 0))
    for (const line of viewer.cart.lines) {
      expect(line.priceChanged).toBe(false)
      expect(line.unitPrice.amount).toBe(line.variant.price.amount)
      expect(line.variant.availability.status).toMatch(/^(IN_STOCK|LOW_STOCK|OUT_OF_STOCK)$/)
      expect(line.variant.product.title).not.toBe('')
    }
    const pence = viewer.cart.lines.reduce(
      (sum, line) => sum + line.quantity * Math.round(Number(line.unitPrice.amount) * 100),
      0,
    )
    expect(viewer.cart.subtotal).toEqual({ amount: (pence / 100).toFixed(2), currencyCode: 'GBP' })
    expect(viewer.cart.suggestions.edges).toHaveLength(3)
    for (const { reason } of viewer.cart.suggestions.edges) expect(reason.code).toBe('BOUGHT_TOGETHER')
    expect(viewer.orders.edges).toHaveLength(5)
    const placed = viewer.orders.edges.map(({ node }) => node.placedAt)
    expect(placed).toEqual([...placed].sort().reverse())
    for (const { node } of viewer.orders.edges) expect(node.lines.length).toBeGreaterThan(0)
    expect(viewer.recommendations.edges).toHaveLength(5)
    for (const { reason } of viewer.recommendations.edges) {
      expect(reason.code).toBe('BECAUSE_YOU_BOUGHT')
      expect(reason.becauseOf.title).not.toBe('')
    }
  })

  test('takes less than 150 ms when warm', async () => {
    const headers = await signIn(url, customer)
    const medianOfTen = async () => {
      const times: number[] = []
      for (let round = 0; round < 10; round += 1) {
        const sentAt = performance.now()
        await ask(url, everything, {}, headers)
        times.push(performance.now() - sentAt)
      }
      return times.sort((a, b) => a - b)[5]!
    }
    // The first ten warm it up; of the others the better, for tests beside this one can only slow it down.
    await medianOfTen()
    const median = Math.min(await medianOfTen(), await medianOfTen())
    console.log(`join everything: ${median.toFixed(1)} ms, median of 10 warm requests`)
    expect(median).toBeLessThan(150)
  })

  test('executes as many SQL statements for lists of 50 as for lists of 1', async () => {
    const headers = await signIn(url, customer)
    // What the shop does in the background can only add to a count, so the fewest of five are those of the query.
    const statements = async (first: number) => {
      const counts: Awaited<ReturnType<typeof countStatements>>[] = []
      for (let round = 0; round < 5; round += 1) {
        const work = () => ask(url, everything, { orders: first, recommendations: first }, headers)
        counts.push(await countStatements(databaseUrl, work))
      }
      return counts.reduce((fewest, count) => (count.total < fewest.total ? count : fewest))
    }
    // Once, so that every connection that is needed is open.
    await statements(50)
    const one = await statements(1)
    const fifty = await statements(50)
    expect(fifty).toEqual(one)
    console.log(`join everything: ${one.total} SQL statements, ${JSON.stringify(one.byDatabase)}`)
    expect(one.total).toBeLessThanOrEqual(25)
  })
})
