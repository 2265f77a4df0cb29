import { setTimeout as pause } from 'node:timers/promises'
import type { SupervisedService } from '../shop/supervised-service.ts'

/** A point at which a process has died, by itself. */
export interface Death {
  readonly process: string
  readonly point: string
  /** How long it had been told to, in milliseconds. */
  readonly afterMs: number
}

const downMs = 100

/**
 * Has a process die at one point after the other: each start is armed with the next one. Resolves with the deaths when it
 * is up again, unarmed; a point that is not reached in time is not among them, and those behind it are.
 */
export async function walkThrough(
  service: SupervisedService,
  points: readonly string[],
  patienceMs: number,
): Promise<Death[]> {
  if (points.length === 0) return []
  const deaths: Death[] = []
  // The first start was unarmed.
  arm(service, points[0]!)
  await service.kill(downMs)
  for (const [index, point] of points.entries()) {
    const begun = Date.now()
    const end = await endOf(service, patienceMs, () => arm(service, points[index + 1] ?? null))
    if (end === 'died') deaths.push({ process: service.name, point, afterMs: Date.now() - begun })
    else await service.kill(downMs)
    // The supervisor has to have noticed.
    while (service.port !== null) await pause(5)
  }
  await service.up()
  return deaths
}

/** What becomes of the start that is under way; `armNext` is called once nothing reads the environment for it any more. */
async function endOf(service: SupervisedService, patienceMs: number, armNext: () => void): Promise<'died' | 'lives'> {
  const diedAtStart = Promise.withResolvers<null>()
  service.onDeathAtStart = () => diedAtStart.resolve(null)
  const running = await Promise.race([service.up(), diedAtStart.promise])
  service.onDeathAtStart = null
  armNext()
  if (running === null) return 'died'
  service.expectEnd(downMs)
  const signal = await Promise.race([running.exited, pause(patienceMs, 'alive' as const)])
  return signal === 'SIGKILL' ? 'died' : 'lives'
}

/** For the start after this one. */
function arm(service: SupervisedService, point: string | null): void {
  const { CRASH_AT: _, ...rest } = service.environment
  service.environment = point === null ? rest : { ...rest, CRASH_AT: point }
}
