import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Ground } from './contenders/contenders.ts'
import { type Program, startProgram } from './contenders/start-program.ts'
import { type Exchange, recordExchange } from './floor/record-exchange.ts'
import { type BenchedOperation, benchedOperations } from './operations.ts'

export interface PreparedGround extends Ground {
  readonly graph: BenchedOperation['graph']
  /** By the text of the operation. */
  readonly exchanges: ReadonlyMap<string, Exchange>
  /** Requests that subgraphs have had so far. */
  countCalls(): Promise<number>
  stop(): Promise<void>
}

/** Starts the canned subgraphs of `graph` and records what the stock gateway exchanges with them for `operations`. */
export async function prepareGround(
  graph: BenchedOperation['graph'],
  operations: readonly BenchedOperation[],
): Promise<PreparedGround> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cartograph-bench-gateway-'))
  const supergraphFile = path.join(folder, 'supergraph.graphql')
  const exchangesFile = path.join(folder, 'exchanges.json')
  const program = path.join(import.meta.dirname, 'canned', 'canned-subgraphs.ts')
  const subgraphs = startProgram([program, '--graph', graph, '--supergraph', supergraphFile])
  const stop = async () => {
    await subgraphs.stop()
    rmSync(folder, { recursive: true })
  }
  try {
    const origin = await originOf(subgraphs)
    const exchanges = new Map<string, Exchange>()
    // Whether a contender answers is found out by the smallest operation.
    for (const operation of [benchedOperations.typename, ...operations])
      exchanges.set(operation.query, await recordExchange(readFileSync(supergraphFile, 'utf8'), operation))
    writeFileSync(exchangesFile, JSON.stringify([...exchanges]))
    return { graph, supergraphFile, exchangesFile, origin, exchanges, countCalls: () => countCalls(origin), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function originOf(subgraphs: Program): Promise<string> {
  for (;;) {
    const origin = /^listening on (\S+)$/m.exec(subgraphs.printed())?.[1]
    if (origin !== undefined) return origin
    if (subgraphs.hasEnded()) throw new Error(`the canned subgraphs do not start: ${subgraphs.printed()}`)
    await setTimeout(20)
  }
}

async function countCalls(origin: string): Promise<number> {
  const response = await fetch(`${origin}/calls`)
  const calls = (await response.json()) as Record<string, number>
  return Object.values(calls).reduce((sum, each) => sum + each, 0)
}
