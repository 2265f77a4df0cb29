import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { deadLetterQueue } from './job-queue.ts'

/** A job that was given up. */
export interface DeadLetter {
  readonly id: string
  /** The queue it was given up on. */
  readonly queue: string
  readonly data: unknown
  readonly diedAt: Date
  /** How often it was tried again. */
  readonly retries: number
}

/** The dead letters of one service's database, the earliest first. */
export async function listDeadLetters(connectionString: string): Promise<DeadLetter[]> {
  return withBoss(connectionString, async (boss) => {
    const jobs = await boss.findJobs(deadLetterQueue, { queued: true, limit: 1_000 })
    return jobs.map(({ id, data, sourceName, sourceRetryCount, createdOn }) => ({
      id,
      queue: sourceName ?? '',
      data,
      diedAt: createdOn,
      retries: sourceRetryCount ?? 0,
    }))
  })
}

/**
 * Puts dead letters back into the queues they came from, all of them or those with these ids, and answers how many. A
 * receiver that has acted on one already does nothing again.
 */
export async function redriveDeadLetters(connectionString: string, ids?: readonly string[]): Promise<number> {
  return withBoss(connectionString, async (boss) => {
    let moved = 0
    for (;;) {
      const count = await boss.redrive(deadLetterQueue, ids && { ids: [...ids] })
      moved += count
      if (count === 0 || ids) return moved
    }
  })
}

async function withBoss<Outcome>(connectionString: string, run: (boss: PgBoss) => Promise<Outcome>): Promise<Outcome> {
  const pool = new pg.Pool({ connectionString, max: 2 })
  // A connection that breaks, in somebody's hands or idle, would otherwise end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('error', () => {})
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    createSchema: false,
    migrate: false,
    schedule: false,
    supervise: false,
    registerInstance: false,
  })
  // What it cannot do is thrown by the call that asked for it.
  boss.on('error', () => {})
  try {
    await boss.start()
    return await run(boss)
  } finally {
    await boss.stop({ graceful: false })
    await pool.end()
  }
}
