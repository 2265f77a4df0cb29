import type { ContenderName } from './contenders/contenders.ts'
import type { RunningContender } from './contenders/start-contender.ts'
import type { PreparedGround } from './ground.ts'
import { type Figures, measureContender } from './measure-contender.ts'
import { benchedOperations, type OperationName } from './operations.ts'

/** What every contender took for one operation, so many at a time, by round. */
export interface Contest {
  readonly operation: OperationName
  readonly concurrency: number
  readonly rounds: ReadonlyMap<ContenderName, readonly Figures[]>
}

/** Of each turn, not measured: connections are opened, and the CPU's caches filled anew. */
const settlingSeconds = 0.3
const warmUpSeconds = 2

/**
 * Contenders take turns, in every round in another order: the machine is not equally fast all along, and nobody has the
 * better half of it. Each is first given the time that engines take to compile.
 */
export async function holdContest(
  operation: OperationName,
  concurrency: number,
  running: readonly RunningContender[],
  { rounds, seconds, ground }: { rounds: number; seconds: number; ground: PreparedGround },
): Promise<Contest> {
  const asked = benchedOperations[operation]
  const figures = new Map<ContenderName, Figures[]>(running.map(({ name }) => [name, []]))
  for (const contender of running)
    await measureContender(contender, asked, { concurrency, seconds: warmUpSeconds, ground })
  for (let round = 0; round < rounds; round += 1) {
    const first = round % running.length
    for (const contender of [...running.slice(first), ...running.slice(0, first)]) {
      await measureContender(contender, asked, { concurrency, seconds: settlingSeconds, ground })
      figures.get(contender.name)!.push(await measureContender(contender, asked, { concurrency, seconds, ground }))
    }
  }
  return { operation, concurrency, rounds: figures }
}
