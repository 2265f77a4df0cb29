import { setTimeout as pause } from 'node:timers/promises'
import type { SupervisedService } from '../shop/supervised-service.ts'

/** A way through crash points: what is armed next, null at the end; asked each time that the process has died. */
export type NextPoint = () => string | null

/** A point at which a process has died, by itself. */
export interface Death {
  readonly process: string
  readonly point: string
}

const downMs = 100

/**
 * Has a process die at one point after the other: each start is armed with the next one, until there is none. Resolves
 * with the deaths; a point that is not reached in time is not among them, and those behind it are.
 */
export async function walkThrough(service: SupervisedService, next: NextPoint, patienceMs: number): Promise<Death[]> {
  const deaths: Death[] = []
  for (let point = armed(service); point !== undefined; point = armed(service)) {
    const end = await endOf(service, patienceMs, () => arm(service, next()))
    if (end === 'died') deaths.push({ process: service.name, point })
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

const armed = ({ environment }: SupervisedService): string | undefined => environment['CRASH_AT']

/** For the start after this one. */
export function arm(service: SupervisedService, point: string | null): void {
  const { CRASH_AT: _, ...rest } = service.environment
  service.environment = point === null ? rest : { ...rest, CRASH_AT: point }
}
