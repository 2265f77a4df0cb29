import type { DatabaseServer } from '../shop/database-server.ts'

/** The databases with queues. */
export const queuesIn = ['users', 'orders', 'products', 'inventory', 'carts'] as const

/** An event that is to reach one subscriber. */
export interface Delivery {
  readonly from: string
  readonly to: string
  readonly event: string
  readonly eventId: string
}

/** A job that was given up. */
export interface DeadJob {
  readonly database: string
  readonly queue: string
  readonly id: string
}

/** Every event that was published, once for each subscriber: its job is kept for an hour when it is done. */
export async function readDeliveries(database: DatabaseServer): Promise<Delivery[]> {
  const each = await Promise.all(
    queuesIn.map((from) =>
      database.query<Delivery>(
        from,
        `select $1 as "from", subscriber as "to", data->'envelope'->>'name' as event, data->'envelope'->>'id' as "eventId"
         from pgboss.job, jsonb_array_elements_text(data->'subscribers') as subscriber where name = 'events'`,
        [from],
      ),
    ),
  )
  return each.flat()
}

export async function readDeadJobs(database: DatabaseServer): Promise<DeadJob[]> {
  const each = await Promise.all(
    queuesIn.map((name) =>
      database.query<DeadJob>(
        name,
        `select $1 as database, name as queue, id from pgboss.job where name = 'dead-letters' or state in ('failed', 'cancelled')`,
        [name],
      ),
    ),
  )
  return each.flat()
}
