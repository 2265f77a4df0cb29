import { Prisma } from '../database.ts'
import type { OrderStatus } from './order.ts'

/** Which orders a list holds; null means no such condition, and no status at all is met by nothing. */
export interface OrderCondition {
  readonly statuses: readonly OrderStatus[] | null
  /** At this instant or later. */
  readonly placedAfter: Date | null
  /** Before this instant. */
  readonly placedBefore: Date | null
}

/** The same text for the same condition: what ties a cursor to its list. */
export function conditionKey({ statuses, placedAfter, placedBefore }: OrderCondition): string {
  return JSON.stringify([statuses && [...new Set(statuses)].sort(), placedAfter, placedBefore])
}

/** The condition on `customer_order o` as SQL. */
export function matching({ statuses, placedAfter, placedBefore }: OrderCondition): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(statuses === null ? [] : [Prisma.sql`o.status = any(${statuses}::"OrderStatus"[])`]),
      ...(placedAfter === null ? [] : [Prisma.sql`o.placed_at >= ${placedAfter.toISOString()}::timestamptz`]),
      ...(placedBefore === null ? [] : [Prisma.sql`o.placed_at < ${placedBefore.toISOString()}::timestamptz`]),
    ],
    ' and ',
  )
}
