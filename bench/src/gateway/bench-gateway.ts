import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { machineLine } from '../measure/machine.ts'
import { referenceWorkMs } from '../measure/reference-work.ts'
import { type Aim, aimsOf, aimTable, isMet } from './aims.ts'
import { benchMemory } from './bench-memory.ts'
import { type ContenderName, contenderNames, contenders } from './contenders/contenders.ts'
import { installPeers } from './contenders/install-peers.ts'
import { type RunningContender, startContender } from './contenders/start-contender.ts'
import { type PreparedGround, prepareGround } from './ground.ts'
import { differenceFromStock } from './measure-contender.ts'
import { benchedOperations, type OperationName, operationNames } from './operations.ts'
import { contestTable } from './report.ts'
import { type Contest, holdContest } from './rounds.ts'

const usage =
  'pnpm bench gateway [--rounds 5] [--seconds 2] [--concurrency 1,16] [--only NAMES] [--operation NAMES] [--memory] [--json FILE]'

/** One right answer may be luck, where calls race. */
const asks = 20

interface Options {
  readonly rounds: number
  readonly seconds: number
  readonly concurrencies: readonly number[]
  readonly names: readonly ContenderName[]
  readonly memory: boolean
}

/**
 * `pnpm bench gateway`: our gateway, others that run on Node, and what bare Node takes for the same calls, over the same
 * canned subgraphs. Throws when ours answers differently from the stock gateway, and when an aim is
 * missed.
 */
export async function benchGateway(args: string[]): Promise<void> {
  if (process.platform !== 'linux') throw new Error('pnpm bench gateway reads CPU time from /proc: it needs Linux.')
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      concurrency: { type: 'string', default: '1,16' },
      only: { type: 'string', default: contenderNames.join(',') },
      operation: { type: 'string', default: operationNames.join(',') },
      memory: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  })
  const options: Options = {
    rounds: positive('--rounds', values.rounds),
    seconds: positive('--seconds', values.seconds),
    concurrencies: values.concurrency.split(',').map((each) => positive('--concurrency', each)),
    names: chosen('--only', values.only, contenderNames),
    memory: values.memory,
  }
  const operations = chosen('--operation', values.operation, operationNames)
  if (options.names.some((name) => 'isPeer' in contenders[name])) await installPeers()
  const machine = `${machineLine()}; reference work ${referenceWorkMs().toFixed(0)} ms of CPU before`
  console.log(`\n${machine}\nrounds: ${options.rounds}, of ${options.seconds} s each\n`)
  for (const name of options.names) console.log(`${name}: ${contenders[name].says}`)

  const contests: Contest[] = []
  const aims: Aim[] = []
  for (const graph of ['public-benchmark', 'shop'] as const) {
    const ofGraph = operations.filter((name) => benchedOperations[name].graph === graph)
    if (ofGraph.length > 0) await benchGraph(graph, ofGraph, options, contests, aims)
  }
  aims.unshift(...contests.flatMap(aimsOf))
  if (aims.length > 0) console.log(`\n${aimTable(aims)}`)
  console.log(`\nreference work ${referenceWorkMs().toFixed(0)} ms of CPU after\n`)
  if (values.json !== undefined) writeFileSync(values.json, jsonOf(machine, contests, aims))
  const missed = aims.filter((aim) => !isMet(aim))
  if (missed.length > 0) throw new Error(`missed: ${missed.map(({ aim }) => aim).join('; ')}`)
}

async function benchGraph(
  graph: PreparedGround['graph'],
  operations: readonly OperationName[],
  options: Options,
  contests: Contest[],
  aims: Aim[],
): Promise<void> {
  const ground = await prepareGround(
    graph,
    operations.map((name) => benchedOperations[name]),
  )
  const running: RunningContender[] = []
  try {
    for (const name of options.names) running.push(await startContender(name, ground))
    for (const operation of operations) {
      const fit = await answeringRight(operation, running, ground)
      for (const concurrency of options.concurrencies) {
        const contest = await holdContest(operation, concurrency, fit, { ...options, ground })
        console.log(`\n${contestTable(contest)}`)
        contests.push(contest)
      }
    }
    if (options.memory && graph === 'public-benchmark')
      aims.push(...(await benchMemory(running.filter(({ name }) => name.startsWith('ours')))))
  } finally {
    await Promise.all(running.map((contender) => contender.stop()))
    await ground.stop()
  }
}

/** Who answers `operation` as the stock gateway does. Of the others a peer is left out of it, and ours ends the bench. */
async function answeringRight(
  operation: OperationName,
  running: readonly RunningContender[],
  ground: PreparedGround,
): Promise<RunningContender[]> {
  const fit: RunningContender[] = []
  for (const contender of running) {
    let difference: string | null = null
    for (let ask = 0; ask < asks && difference === null; ask += 1)
      difference = await differenceFromStock(contender, benchedOperations[operation], ground)
    if (difference === null) fit.push(contender)
    else if (!('isPeer' in contenders[contender.name]))
      throw new Error(`${contender.name} answers ${operation} with ${difference}`)
    else console.log(`\n${contender.name} is left out of ${operation}: it answers with ${difference}`)
  }
  return fit
}

function jsonOf(machine: string, contests: readonly Contest[], aims: readonly Aim[]): string {
  const plain = contests.map(({ rounds, ...contest }) => ({ ...contest, rounds: Object.fromEntries(rounds) }))
  return `${JSON.stringify({ machine, contests: plain, aims }, null, 2)}\n`
}

function positive(option: string, given: string): number {
  const value = Number(given)
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value
  throw new Error(`${option} takes numbers above 0, not "${given}". Usage: ${usage}`)
}

function chosen<Name extends string>(option: string, given: string, names: readonly Name[]): Name[] {
  const unknown = given.split(',').find((each) => !(names as readonly string[]).includes(each))
  if (unknown !== undefined)
    throw new Error(`${option} takes of ${names.join(', ')}, not "${unknown}". Usage: ${usage}`)
  return names.filter((name) => given.split(',').includes(name))
}
