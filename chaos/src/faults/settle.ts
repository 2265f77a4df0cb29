import { setTimeout as pause } from 'node:timers/promises'
import type { DatabaseServer } from '../shop/database-server.ts'
import { queuesIn } from '../invariants/read-jobs.ts'

const patienceMs = 150_000

/**
 * Waits until every checkout has ended and every job is done; after two and a half minutes answers what has not. Only then can be said
 * what must hold in the end.
 */
export async function settle(database: DatabaseServer, onProgress: (line: string) => void): Promise<string[]> {
  const deadline = Date.now() + patienceMs
  for (let round = 1; ; round++) {
    const left = await unsettled(database)
    if (left.length === 0) return []
    if (Date.now() > deadline)
      return left.map((what) => `two and a half minutes after everything was mended there is still ${what}`)
    if (round % 20 === 0) onProgress(`still ${left.join(', ')}`)
    await pause(500)
  }
}

async function unsettled(database: DatabaseServer): Promise<string[]> {
  const running = await database.query<{ id: string; state: string }>(
    'orders',
    `select id, coalesce('undoing ' || undo_state::text, state::text) as state from checkout where ended_at is null limit 5`,
  )
  const payments = await database.query<{ id: string; status: string }>(
    'orders',
    `select id, status from sandbox_payment where status in ('OPENED', 'ACTION_REQUIRED', 'AUTHORIZED') limit 5`,
  )
  const jobs: string[] = []
  for (const name of queuesIn) {
    const rows = await database.query<{ name: string; count: number }>(
      name,
      `select name, count(*)::int as count from pgboss.job where state in ('created', 'retry', 'active') group by name`,
    )
    jobs.push(...rows.map((row) => `${row.count} jobs in ${row.name} of ${name}`))
  }
  return [
    ...running.map(({ id, state }) => `checkout ${id} under way (${state})`),
    ...payments.map(({ id, status }) => `payment ${id} ${status}`),
    ...jobs,
  ]
}
