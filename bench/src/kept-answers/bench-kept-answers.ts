import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { cpuOf } from '../measure/cpu.ts'
import { applyLoad, type GraphQLRequest } from '../measure/load.ts'
import { machineLine } from '../measure/machine.ts'
import { referenceWorkMs } from '../measure/reference-work.ts'
import { benchPartner, operationOf, startPartnersService } from '../partners/partners-service.ts'
import { type LoneGateway, startLoneGateway } from '../verify/lone-gateway.ts'

/** Of CPU time, for a GET that is answered from memory, with and without a partner's key. */
const barMs = 0.15
/** Of the CPU time of the same text, for a persisted operation: it is as fast, and two rounds of one request differ by so much. */
const mostOfText = 1.02

const query = `query Page { products(first: 20) { edges { node {
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
 * each time, and beside a request that nothing is to be done for; and what it costs to answer the same to a partner, by id and
 * with a key. All take turns.
 */
export async function benchKeptAnswers(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '4' } },
  })
  const operation = operationOf('Page', query)
  const partner = benchPartner([operation])
  const service = await startPartnersService([partner])
  const manifest = await throwAwayManifest({ [operation.id]: query })
  const environment = { ...service.environment, OPERATION_MANIFESTS: manifest.file }
  const gateway = await startLoneGateway({ data: { products: { edges } } }, environment)
  try {
    console.log(`${machineLine()}; reference work ${Math.round(referenceWorkMs())} ms`)
    const ofPartner = { authorization: `Bearer ${partner.key}` }
    const kept: GraphQLRequest = { query, variables: {}, isGet: true }
    const requests = {
      'a GET, kept': kept,
      'a GET, kept, which the client knows': { ...kept, headers: { 'if-none-match': '*' } },
      // A guest with a cart is answered by the subgraph.
      'a GET, asked for': { ...kept, headers: { 'cart-token': 'bench' } },
      'a POST of the text, asked for': { query, variables: {}, headers: { 'cart-token': 'bench' } },
      'a POST of the id, asked for': { documentId: operation.id, variables: {}, headers: { 'cart-token': 'bench' } },
      'a POST of the text, kept': { query, variables: {} },
      'a POST of the id, kept': { documentId: operation.id, variables: {} },
      "a partner's GET of the id, kept": { documentId: operation.id, variables: {}, isGet: true, headers: ofPartner },
      "a partner's POST of the id, kept": { documentId: operation.id, variables: {}, headers: ofPartner },
      'POST of { __typename }': { query: '{ __typename }', variables: {} },
    } satisfies Record<string, GraphQLRequest>
    const sums = new Map(Object.keys(requests).map((name) => [name, { requests: 0, cpuMs: 0 }]))
    for (let round = -1; round < Number(values.rounds); round += 1) {
      const turns = Object.entries<GraphQLRequest>(requests)
      // Who comes after whom is not to count.
      for (const [name, request] of round % 2 === 0 ? turns : turns.toReversed()) {
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
    const costOf = (name: keyof typeof requests) => sums.get(name)!.cpuMs / sums.get(name)!.requests
    for (const name of ['a GET, kept', "a partner's GET of the id, kept"] as const)
      if (costOf(name) >= barMs) throw new Error(`${name}, costs ${costOf(name)} ms; the bar is ${barMs} ms`)
    const [ofId, ofText] = [costOf('a POST of the id, asked for'), costOf('a POST of the text, asked for')]
    console.log(`a persisted operation takes ${(ofId / ofText).toFixed(3)} of the same text`)
    if (ofId / ofText > mostOfText) throw new Error(`the bar is ${mostOfText}`)
  } finally {
    await gateway.stop()
    await service.stop()
    await manifest.remove()
  }
}

async function throwAwayManifest(operations: Record<string, string>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'cartograph-bench-'))
  const file = path.join(folder, 'manifest.json')
  await writeFile(file, JSON.stringify(operations))
  return { file, remove: () => rm(folder, { recursive: true }) }
}

async function measure(gateway: LoneGateway, seconds: number, request: GraphQLRequest) {
  const before = cpuOf(gateway.pid)
  const { requests } = await applyLoad({ url: gateway.url, concurrency: 8, seconds, requestOf: () => request })
  return { requests, cpuMs: cpuOf(gateway.pid) - before }
}
