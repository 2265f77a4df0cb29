import { parseArgs } from 'node:util'
import { services, type Stack } from '@cartograph/local-stack'
import { cpuOf, cpuOfTree, residentMiB } from '../measure/cpu.ts'
import { applyLoad, percentile } from '../measure/load.ts'
import { machineLine } from '../measure/machine.ts'
import { referenceWorkMs } from '../measure/reference-work.ts'
import { StatementCounter } from '../measure/statements.ts'
import { prepareScenarios, type Scenario } from './prepare.ts'
import { benchShopOptions, startBenchShop } from './start-bench-shop.ts'

const concurrency = 16

/** `pnpm bench shop`: the shop on the imported catalogue, a process per service, four pages under load. */
export async function benchShop(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '10' },
      only: { type: 'string' },
      ...benchShopOptions,
      statements: { type: 'boolean', default: false },
    },
  })
  const stack = await startBenchShop(values)
  try {
    const statements = await StatementCounter.connect(stack.postgres.superuserUrl('postgres'))
    const scenarios = await prepareScenarios(stack.url, concurrency)
    console.log(`\n${machineLine()}; concurrency ${concurrency}, ${values.seconds} s each`)
    console.log(`reference work ${referenceWorkMs().toFixed(0)} ms of CPU before\n`)
    printRow(['page', 'req/s', 'p50', 'p95', 'p99', 'CPU ms', ...services, 'postgres', 'SQL'])
    for (const scenario of scenarios.filter(({ name }) => !values.only || name.includes(values.only))) {
      // Warm: plans made, code compiled, statements prepared.
      await applyLoad({ url: stack.url, concurrency, seconds: 3, requestOf: scenario.requestOf })
      await statements.reset()
      printRow(await measure(stack, statements, scenario, Number(values.seconds)))
      if (values.statements)
        for (const row of await statements.heaviest())
          console.log(`    ${row.database} ${row.calls} × ${row.meanMs} ms  ${row.query.slice(0, 150)}`)
    }
    console.log(`\nreference work ${referenceWorkMs().toFixed(0)} ms of CPU after`)
    console.log(
      `memory, MiB: ${services.map((name) => `${name} ${residentMiB(stack.pids[name]).toFixed(0)}`).join(', ')}\n`,
    )
    await statements.close()
  } finally {
    await stack.stop()
  }
}

async function measure(
  stack: Stack,
  statements: StatementCounter,
  scenario: Scenario,
  seconds: number,
): Promise<string[]> {
  const snapshot = async () => ({
    services: services.map((name) => cpuOf(stack.pids[name])),
    postgres: cpuOfTree(stack.postgres.pid),
    statements: await statements.count(),
  })
  const before = await snapshot()
  const {
    requests,
    seconds: took,
    latencies,
  } = await applyLoad({ url: stack.url, concurrency, seconds, requestOf: scenario.requestOf })
  const after = await snapshot()
  const perRequest = (used: number) => used / requests
  const ofServices = after.services.map((cpu, index) => perRequest(cpu - before.services[index]!))
  const ofPostgres = perRequest(after.postgres - before.postgres)
  const total = ofServices.reduce((sum, cpu) => sum + cpu, ofPostgres)
  return [
    scenario.name,
    (requests / took).toFixed(0),
    ...[0.5, 0.95, 0.99].map((share) => percentile(latencies, share).toFixed(1)),
    total.toFixed(2),
    ...ofServices.map((cpu) => cpu.toFixed(2)),
    ofPostgres.toFixed(2),
    perRequest(after.statements - before.statements).toFixed(1),
  ]
}

function printRow([first = '', ...cells]: string[]): void {
  console.log(`| ${first.padEnd(14)} |${cells.map((cell) => ` ${cell.padStart(6)} |`).join('')}`)
}
