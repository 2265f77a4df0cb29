import { parseArgs } from 'node:util'
import { services, type Stack } from '@cartograph/local-stack'
import { Pool } from 'undici'
import { cpuOf, cpuOfTree } from '../measure/cpu.ts'
import { percentile } from '../measure/load.ts'
import { machineLine } from '../measure/machine.ts'
import { referenceWorkMs } from '../measure/reference-work.ts'
import { StatementCounter } from '../measure/statements.ts'
import { readCatalogue } from '../shop/prepare.ts'
import { benchShopOptions, startBenchShop } from '../shop/start-bench-shop.ts'
import { type Line, purchase, type PurchaseResult } from './purchase.ts'

/** `pnpm bench checkout`: whole purchases, side by side, with every commit durable. */
export async function benchCheckout(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '20' },
      concurrency: { type: 'string', default: '1,8' },
      ...benchShopOptions,
      statements: { type: 'boolean', default: false },
    },
  })
  const stack = await startBenchShop(values)
  try {
    const statements = await StatementCounter.connect(stack.postgres.superuserUrl('postgres'))
    const { variantIds } = await readCatalogue(stack.url)
    console.log(`\n${machineLine()}; ${values.seconds} s each`)
    console.log(`processes: ${services.join(', ')}, and PostgreSQL with fsync and synchronous_commit on`)
    console.log(`reference work ${referenceWorkMs().toFixed(0)} ms of CPU before\n`)
    await buyFor(stack, variantIds, 8, 5)
    for (const concurrency of values.concurrency.split(',').map(Number)) {
      await statements.reset()
      await report(stack, statements, variantIds, concurrency, Number(values.seconds))
      if (values.statements)
        for (const row of await statements.heaviest())
          console.log(`    ${row.database} ${row.calls} × ${row.meanMs} ms  ${row.query.slice(0, 150)}`)
    }
    console.log(`reference work ${referenceWorkMs().toFixed(0)} ms of CPU after\n`)
    await statements.close()
  } finally {
    await stack.stop()
  }
}

/** Purchases of two lines each, `concurrency` at a time, each buyer the next as soon as one is done. */
async function buyFor(stack: Stack, variantIds: readonly string[], concurrency: number, seconds: number) {
  const { origin, pathname } = new URL(stack.url)
  const pool = new Pool(origin, { connections: concurrency })
  const results: PurchaseResult[] = []
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000
  let next = 0
  const line = (): Line => ({ variantId: variantIds[(next++ * 7919) % variantIds.length]!, quantity: 1 })
  const buyer = async () => {
    while (performance.now() < endsAt) results.push(await purchase(pool, pathname, [line(), line()]))
  }
  await Promise.all(Array.from({ length: concurrency }, buyer))
  const took = (performance.now() - startedAt) / 1000
  await pool.close()
  const refused = results.flatMap(({ refusals }) => refusals)
  if (refused.length > 0) throw new Error(`purchases were refused: ${refused.slice(0, 5).join(', ')}`)
  return { results, took }
}

async function report(
  stack: Stack,
  statements: StatementCounter,
  variantIds: readonly string[],
  concurrency: number,
  seconds: number,
): Promise<void> {
  const snapshot = async () => ({
    processes: [...services.map((name) => cpuOf(stack.pids[name])), cpuOfTree(stack.postgres.pid)],
    statements: await statements.count(),
  })
  const before = await snapshot()
  const { results, took } = await buyFor(stack, variantIds, concurrency, seconds)
  const after = await snapshot()
  const count = results.length
  const used = after.processes.map((cpu, index) => (cpu - before.processes[index]!) / count)
  const total = used.reduce((sum, cpu) => sum + cpu, 0)
  console.log(`concurrency ${concurrency}: ${(count / took).toFixed(1)} purchases a second, ${count} in all`)
  const requestNames = ['cart', 'quote', 'checkout'] as const
  printLatencies(
    'purchase',
    results.map(({ requests }) => requests.cart + requests.quote + requests.checkout),
  )
  for (const name of requestNames)
    printLatencies(
      `  ${name}`,
      results.map(({ requests }) => requests[name]),
    )
  console.log(`  CPU ms a purchase ${total.toFixed(1)}:`)
  for (const [index, name] of [...services, 'postgres'].entries())
    console.log(`    ${name.padEnd(16)} ${used[index]!.toFixed(2).padStart(6)}`)
  console.log(`  SQL statements a purchase ${((after.statements - before.statements) / count).toFixed(1)}\n`)
}

function printLatencies(name: string, values: readonly number[]): void {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => `${percentile(sorted, share).toFixed(1).padStart(7)} ms`
  console.log(`  ${name.padEnd(12)} p50 ${at(0.5)}   p95 ${at(0.95)}   p99 ${at(0.99)}`)
}
