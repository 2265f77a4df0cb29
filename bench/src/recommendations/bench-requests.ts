import { residentMiB } from '../measure/cpu.ts'
import { StatementCounter } from '../measure/statements.ts'
import type { Aim } from './aims.ts'
import { type BenchedService, measureRequests } from './measure-requests.ts'
import { requestKinds } from './request-kinds.ts'
import { SignedClient } from './signed-client.ts'
import { type LoneRecommendations, startLoneRecommendations } from './start-lone-recommendations.ts'
import { StoredShopReader } from './stored-shop.ts'

/** Of 95 of 100 answers, in milliseconds, at the rate that this is meant for; what is asked for more rarely has no aim. */
const aimedP95 = 10
const aimedPerSecond = 200

/** Starts the service, prints what each kind of request takes, and stops it. Throws where it has no model that can rank. */
export async function benchRequests(
  values: Parameters<typeof startLoneRecommendations>[0],
  seconds: number,
): Promise<Aim[]> {
  const recommendations = await startLoneRecommendations(values)
  try {
    return await benchService(recommendations, seconds)
  } finally {
    await recommendations.stop()
  }
}

async function benchService(
  { url, pid, signingSecret, postgres }: LoneRecommendations,
  seconds: number,
): Promise<Aim[]> {
  const stored = await StoredShopReader.connect(postgres.superuserUrl('recommendations'))
  const statements = await StatementCounter.connect(postgres.superuserUrl('postgres'))
  const client = new SignedClient(url, signingSecret)
  try {
    const model = await stored.readModelInUse()
    console.log(`model ${model.version} is in use, ${model.bytes.toLocaleString('en')} bytes; ${seconds} s each\n`)
    const aims = await benchKinds(stored, seconds, { pid, client, statements })
    const { version } = await stored.readModelInUse()
    if (version !== model.version)
      throw new Error(`model ${version} was put into use meanwhile; the figures are of two models`)
    console.log(`\nmemory of the service ${residentMiB(pid).toFixed(0)} MiB\n`)
    return aims
  } finally {
    await Promise.all([client.close(), statements.close(), stored.close()])
  }
}

async function benchKinds(stored: StoredShopReader, seconds: number, service: BenchedService): Promise<Aim[]> {
  console.log('| request | a second | p50 ms | p95 ms | p99 ms | sent late, p95 ms | CPU ms | SQL | products |')
  console.log('|---|---|---|---|---|---|---|---|---|')
  const aims: Aim[] = []
  for (const kind of requestKinds(await stored.readShop())) {
    const { p50, p95, p99, sentLate, cpu, sql, products } = await measureRequests(kind, seconds, service)
    const cells = [p50, p95, p99, sentLate, cpu, sql, products].map((figure) => figure.toFixed(2))
    console.log(`| ${[kind.name, kind.perSecond, ...cells].join(' | ')} |`)
    if (kind.perSecond === aimedPerSecond)
      aims.push({ aim: `${kind.name}, p95 at ${aimedPerSecond} a second`, measured: p95, below: aimedP95, unit: 'ms' })
  }
  return aims
}
