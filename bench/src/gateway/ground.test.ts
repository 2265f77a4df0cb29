import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startContender } from './contenders/start-contender.ts'
import { type PreparedGround, prepareGround } from './ground.ts'
import { differenceFromStock } from './measure-contender.ts'
import { benchedOperations } from './operations.ts'

const { benchmark, listing, 'product-page': productPage } = benchedOperations
let ground: PreparedGround

beforeAll(async () => {
  ground = await prepareGround('public-benchmark', [benchmark])
})
afterAll(() => ground.stop())

test('the stock plan of the benchmark has the public one’s 16 fetches, and its answer the size', () => {
  const { waves, answer } = ground.exchanges.get(benchmark.query)!
  expect(waves.map((wave) => wave.map(({ subgraph }) => subgraph).toSorted())).toEqual([
    ['accounts', 'products'],
    ['inventory', 'reviews', 'reviews'],
    ['accounts', 'accounts', 'inventory', 'inventory', 'inventory', 'products', 'products', 'products'],
    ['inventory', 'inventory', 'inventory'],
  ])
  expect(JSON.stringify(answer)).toHaveLength(87_206)
})

test('the floor makes these calls, and answers the same', async () => {
  const floor = await startContender('floor', ground)
  try {
    const before = await ground.countCalls()
    expect(await differenceFromStock(floor, benchmark, ground)).toBeNull()
    expect((await ground.countCalls()) - before).toBe(16)
  } finally {
    await floor.stop()
  }
})

test('who answers anything else is found out', async () => {
  const liar = createServer((_request, response) => response.end('{"data":{"users":[]}}')).listen(0, '127.0.0.1')
  await once(liar, 'listening')
  const { port } = liar.address() as AddressInfo
  const contender = { name: 'ours', url: `http://127.0.0.1:${port}`, pid: process.pid, stop: async () => {} } as const
  try {
    expect(await differenceFromStock(contender, benchmark, ground)).toMatch(/^data\.users\.0: nothing, not \{"id":"1"/)
  } finally {
    liar.closeAllConnections()
    liar.close()
  }
})

test('the shop has invented lists as long as they are asked for, the same each time', async () => {
  const answers: unknown[] = []
  for (let start = 0; start < 2; start += 1) {
    const shop = await prepareGround('shop', [listing, productPage])
    answers.push([listing, productPage].map(({ query }) => shop.exchanges.get(query)?.answer))
    await shop.stop()
  }
  expect(answers[1]).toEqual(answers[0])
  const [listed, page] = answers[0] as [
    { data: { products: { edges: unknown[] } } },
    { data: { productBySlug: { similar: { edges: unknown[] }; variants: unknown[] } } },
  ]
  expect(listed.data.products.edges).toHaveLength(20)
  expect(page.data.productBySlug.similar.edges).toHaveLength(8)
  expect(page.data.productBySlug.variants).toHaveLength(3)
})
