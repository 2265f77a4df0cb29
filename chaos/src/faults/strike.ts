import { setTimeout as pause } from 'node:timers/promises'
import type { Fault } from '../schedule/fault.ts'
import type { Shop } from '../shop/start-shop.ts'

/** A fault that has happened, and when; instants in milliseconds. */
export interface Strike {
  readonly fault: Fault
  readonly at: number
}

/** Lets the faults of a schedule happen at their times. Resolves when each has passed, with those that have happened. */
export async function strikeAll(shop: Shop, schedule: readonly Fault[], begun: number): Promise<Strike[]> {
  const strikes: Strike[] = []
  const latest = new Map<string, Fault>()
  await Promise.all(
    schedule.map(async (fault) => {
      await pause(Math.max(0, begun + fault.atMs - Date.now()))
      strikes.push({ fault, at: await strike(shop, fault, latest) })
    }),
  )
  return strikes.toSorted((a, b) => a.at - b.at)
}

async function strike({ services, links, database }: Shop, fault: Fault, latest: Map<string, Fault>): Promise<number> {
  const at = Date.now()
  switch (fault.kind) {
    case 'kill':
      return services.get(fault.process)!.kill(fault.downMs)
    case 'freeze':
      await services.get(fault.process)!.freeze(fault.forMs)
      return at
    case 'database':
      return database.crash(fault.how, fault.downMs)
    case 'link': {
      const link = links.get(fault.link)!
      latest.set(fault.link, fault)
      link.set(fault.fault)
      await pause(fault.forMs)
      // Another one may have begun on this link.
      if (latest.get(fault.link) === fault) link.set(null)
      return at
    }
  }
}

/** Ends all that is broken: links are mended, what hangs on them is reset, and everything runs. */
export async function healAll({ services, links, database }: Shop): Promise<void> {
  await database.up()
  for (const link of links.values()) {
    link.set(null)
    link.resetAll()
  }
  await Promise.all([...services.values()].map((service) => service.up()))
}
