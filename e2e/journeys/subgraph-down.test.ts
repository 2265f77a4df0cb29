import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemoStack } from '../src/demo-stack.ts'
import { ask, exampleOperation, signIn } from '../src/shop-client.ts'

let shop: Awaited<ReturnType<typeof startDemoStack>>
let headers: { authorization: string }

beforeAll(async () => {
  shop = await startDemoStack()
  headers = await signIn(shop.url, 'customer@example.com')
})
afterAll(() => shop[Symbol.asyncDispose]())

type Tree = { [key: string]: Tree } | Tree[] | string | number | boolean | null

/** The answer with everything that `hidden` names set to null, as it must look when its service is down. */
function without(tree: Tree, hidden: ReadonlySet<string>): Tree {
  if (Array.isArray(tree)) return tree.map((item) => without(item, hidden))
  if (tree === null || typeof tree !== 'object') return tree
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, hidden.has(key) ? null : without(value, hidden)]),
  )
}

test('a service that is down leaves its fields null with an error that names it, and the rest whole', async () => {
  const everything = exampleOperation('1-everything.graphql')
  const whole = await ask<{ viewer: Tree }>(shop.url, everything, {}, headers)
  expect(whole.errors).toBeUndefined()

  const fieldsOf = {
    recommendations: ['recommendations', 'suggestions'],
    inventory: ['availability', 'inStock'],
    orders: ['orders'],
    carts: ['cart'],
  } as const
  const hidden = new Set<string>()
  for (const [service, fields] of Object.entries(fieldsOf)) {
    await shop.stopService(service as keyof typeof fieldsOf)
    for (const field of fields) hidden.add(field)
    const { status, data, errors } = await ask<{ viewer: Tree }>(shop.url, everything, {}, headers)

    expect(status).toBe(200)
    expect(data).toEqual(without(whole.data as Tree, hidden))
    const named = errors!.map((error) => `${String(error.extensions['code'])} ${String(error.extensions['service'])}`)
    expect(named).toContain(`SUBGRAPH_UNAVAILABLE ${service}`)
    expect(new Set(named.map((name) => name.split(' ')[0]))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']))
    for (const error of errors!) expect(error.message).toMatch(/^The \w+ service is unavailable\.$/)
  }
})

// It starts a shop of its own, which takes ten seconds beside other tests.
test('without products a cart still shows what it holds and what that comes to', { timeout: 60_000 }, async () => {
  await using another = await startDemoStack()
  const own = await signIn(another.url, 'customer@example.com')
  const query = '{ viewer { cart { subtotal { amount } lines { quantity unitPrice { amount } variant { sku } } } } }'
  const whole = await ask<{ viewer: { cart: Tree } }>(another.url, query, {}, own)
  await another.stopService('products')
  const { data, errors } = await ask<{ viewer: { cart: Tree } }>(another.url, query, {}, own)
  expect(data).toEqual(without(whole.data as Tree, new Set(['variant'])))
  expect(errors!.map((error) => error.extensions)).toEqual([{ code: 'SUBGRAPH_UNAVAILABLE', service: 'products' }])
})
