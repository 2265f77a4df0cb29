import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '../src/shop-client.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'
import { countStatements } from '../src/statements.ts'

let shop: SmallShop<'pot'>
beforeAll(async () => {
  const settings = { shared_preload_libraries: 'pg_stat_statements' }
  shop = await startSmallShop(
    { pot: { title: 'Pot', price: 1_250, stock: 5 } },
    { postgres: { ephemeral: true, settings }, environment: { ANSWER_CACHE_MEBIBYTES: '32' } },
  )
})
afterAll(() => shop[Symbol.asyncDispose]())

const catalogue = `{ products(first: 5) { totalCount edges { node {
  title priceRange { min { amount } } categories { name } variants { sku price { amount currencyCode } }
} } pageInfo { hasNextPage } } }`
const withStock = '{ productBySlug(slug: "pot") { title inStock variants { availability { status } } } }'

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${shop.url}?${new URLSearchParams({ query }).toString()}`, {
    headers: { 'apollo-require-preflight': 'true', ...headers },
  })
const maxAgeOf = (response: Response) =>
  Number(/^public, max-age=(\d+)$/.exec(response.headers.get('cache-control') ?? '')?.[1])

/** The statements of the two services that know the catalogue and the stock. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const { byDatabase } = await countStatements(shop.postgres.superuserUrl('postgres'), work)
  return (byDatabase['products'] ?? 0) + (byDatabase['inventory'] ?? 0)
}

test('the second stranger is answered without a statement, and who knows the answer without a body', async () => {
  const first = await get(catalogue)
  const body = await first.text()
  expect(JSON.parse(body)).toMatchObject({
    data: {
      products: { totalCount: 1, edges: [{ node: { title: 'Pot', variants: [{ price: { amount: '12.50' } }] } }] },
    },
  })
  expect(maxAgeOf(first)).toBeGreaterThan(50)
  expect(maxAgeOf(first)).toBeLessThanOrEqual(60)
  const etag = first.headers.get('etag') ?? ''
  const statements = await statementsOf(async () => {
    const second = await get(catalogue)
    expect(await second.text()).toBe(body)
    expect(second.headers.get('etag')).toBe(etag)
    const known = await get(catalogue, { 'if-none-match': etag })
    expect({ status: known.status, body: await known.text(), type: known.headers.get('content-type') }).toEqual({
      status: 304,
      body: '',
      type: null,
    })
  })
  expect(statements).toBe(0)
})

test('who is signed in, or has a cart, is answered by the services and may keep nothing', async () => {
  await (await get(catalogue)).text()
  for (const headers of [await signIn(shop.url, 'ada@example.com'), { 'cart-token': 'any' }]) {
    const statements = await statementsOf(async () => {
      const own = await get(catalogue, headers)
      expect(own.headers.get('cache-control')).toBe('no-store')
      expect(own.headers.get('etag')).toBeNull()
      await own.text()
    })
    expect(statements).toBeGreaterThan(0)
  }
})

test('what shows stock is kept for five seconds at most, and what is of a viewer not at all', async () => {
  const stock = await get(withStock)
  expect(await stock.json()).toEqual({
    data: { productBySlug: { title: 'Pot', inStock: true, variants: [{ availability: { status: 'IN_STOCK' } }] } },
  })
  expect(maxAgeOf(stock)).toBeGreaterThan(0)
  expect(maxAgeOf(stock)).toBeLessThanOrEqual(5)
  const own = await get('{ productBySlug(slug: "pot") { title } viewer { id } }')
  expect(await own.json()).toEqual({ data: { productBySlug: { title: 'Pot' }, viewer: null } })
  expect(own.headers.get('cache-control')).toBe('no-store')
})

test('a GET that a page of another origin could send is still refused', async () => {
  const plain = await fetch(`${shop.url}?${new URLSearchParams({ query: catalogue }).toString()}`)
  expect(plain.status).toBe(400)
  expect(await plain.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
})
