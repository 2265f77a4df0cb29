import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { residentMiB } from '../measure/cpu.ts'
import { machineLine } from '../measure/machine.ts'
import { type LoneGateway, startLoneGateway } from '../verify/lone-gateway.ts'
import { benchPartner, type BenchPartner, operationOf, startPartnersService } from './partners-service.ts'

const [mostSeconds, mostMiB] = [2, 150]
/** For garbage of the load to be collected, as far as the gateway does by itself. */
const settleMs = 5_000

/**
 * What it takes a gateway to load the manifests of partners: the time until an unknown key is refused, for then all are known,
 * and how much more memory the process has than one without partners. No garbage collection is asked for.
 */
export async function benchPartners(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { manifests: { type: 'string', default: '200' }, operations: { type: 'string', default: '500' } },
  })
  console.log(machineLine())
  const without = await measure([])
  const partners = Array.from({ length: Number(values.manifests) }, (_, partner) =>
    benchPartner(Array.from({ length: Number(values.operations) }, (__, each) => inventedOperation(partner, each))),
  )
  const characters = partners.flatMap(({ operations }) => operations).reduce((sum, { body }) => sum + body.length, 0)
  const loaded = await measure(partners)
  const mib = loaded.mib - without.mib
  console.log(
    `\n${partners.length} manifests of ${values.operations} operations, all different, ${Math.round(characters / 1_024 / 1_024)} MiB of text`,
  )
  console.log(`| loaded after | memory beside ${Math.round(without.mib)} MiB |\n|---:|---:|`)
  console.log(`| ${loaded.seconds.toFixed(2)} s | ${Math.round(mib)} MiB |`)
  if (loaded.seconds >= mostSeconds || mib >= mostMiB)
    throw new Error(`the bars are ${mostSeconds} s and ${mostMiB} MiB`)
}

async function measure(partners: readonly BenchPartner[]) {
  const service = await startPartnersService(partners)
  const gateway = await startLoneGateway({}, service.environment)
  try {
    const startedAt = performance.now()
    while ((await statusOf(gateway, 'pk_live_unknown')) === 503) await pause(10)
    const seconds = (performance.now() - startedAt) / 1_000
    for (const { key } of partners) {
      const status = await statusOf(gateway, key)
      if (status !== 404) throw new Error(`a key that is known is answered ${status}`)
    }
    await pause(settleMs)
    return { seconds, mib: residentMiB(gateway.pid) }
  } finally {
    await gateway.stop()
    await service.stop()
  }
}

async function statusOf({ url }: LoneGateway, key: string): Promise<number> {
  const response = await fetch(`${url}?documentId=unknown`, { headers: { authorization: `Bearer ${key}` } })
  await response.arrayBuffer()
  return response.status
}

/** As long as a page of a listing is. */
function inventedOperation(partner: number, each: number) {
  const name = `Listing${partner}x${each}`
  return operationOf(
    name,
    `query ${name}($first: Int = 20, $after: String) {
  products(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges {
      node {
        id
        slug
        title
        priceRange { min { amount currencyCode } max { amount currencyCode } }
        variants { id sku title price { amount currencyCode } availability { status maxOrderQuantity } }
      }
    }
  }
}`,
  )
}
