import { parseArgs } from 'node:util'
import { cpuOf } from '../measure/cpu.ts'
import { applyLoad, type GraphQLRequest } from '../measure/load.ts'
import { machineLine } from '../measure/machine.ts'
import { referenceWorkMs } from '../measure/reference-work.ts'
import { type LoneGateway, startLoneGateway } from '../verify/lone-gateway.ts'

/** Of CPU time, for a GET that is answered from memory. */
const barMs = 0.15

const query = `{ products(first: 20) { edges { node {
  id slug title priceRange { min { amount currencyCode } } variants { id sku price { amount currencyCode } }
} } } }`

const money = { amount: '12.50', currencyCode: 'GBP' }
const edges = Array.from({ length: 20 }, (_, each) => ({
  node: {
    id: `prod_${each}`,
    slug: `product-${each}`,
    title: `The product number ${each} of a page`,
    priceRange: { min: money },
    variants: [{ id: `var_${each}`, sku: `SKU-${each}`, price: money }],
  },
}))

/**
 * What it costs the gateway in CPU time to answer a page of 20 products from memory, beside the same page asked of a subgraph
 * each time, and beside a request that nothing is to be done for. The four take turns.
 */
export async function benchKeptAnswers(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '4' } },
  })
  const gateway = await startLoneGateway({ data: { products: { edges } } })
  try {
    console.log(`${machineLine()}; reference work ${Math.round(referenceWorkMs())} ms`)
    const kept: GraphQLRequest = { query, variables: {}, isGet: true }
    const requests = {
      'a GET, kept': kept,
      'a GET, kept, which the client knows': { ...kept, headers: { 'if-none-match': '*' } },
      // A guest with a cart is answered by the subgraph.
      'a GET, asked for': { ...kept, headers: { 'cart-token': 'bench' } },
      'POST of { __typename }': { query: '{ __typename }', variables: {} },
    } satisfies Record<string, GraphQLRequest>
    const sums = new Map(Object.keys(requests).map((name) => [name, { requests: 0, cpuMs: 0 }]))
    for (let round = -1; round < Number(values.rounds); round += 1) {
      for (const [name, request] of Object.entries(requests)) {
        // The first round warms the engine up.
        const measured = await measure(gateway, round < 0 ? 1 : Number(values.seconds), request)
        const sum = sums.get(name)!
        if (round < 0) continue
        sum.requests += measured.requests
        sum.cpuMs += measured.cpuMs
      }
    }
    console.log('\n| request | requests | CPU ms each |\n|---|---:|---:|')
    for (const [name, sum] of sums)
      console.log(`| ${name} | ${sum.requests} | ${(sum.cpuMs / sum.requests).toFixed(3)} |`)
    console.log(`reference work ${Math.round(referenceWorkMs())} ms`)
    const { requests: count, cpuMs } = sums.get('a GET, kept')!
    if (cpuMs / count >= barMs) throw new Error(`a kept answer costs ${cpuMs / count} ms; the bar is ${barMs} ms`)
  } finally {
    await gateway.stop()
  }
}

async function measure(gateway: LoneGateway, seconds: number, request: GraphQLRequest) {
  const before = cpuOf(gateway.pid)
  const { requests } = await applyLoad({ url: gateway.url, concurrency: 8, seconds, requestOf: () => request })
  return { requests, cpuMs: cpuOf(gateway.pid) - before }
}
