import type { Outbox } from '@cartograph/messaging'
import type { Database, PrismaClient } from '../database.ts'

/** A transaction whose events are delivered as soon as it has committed, and not only when somebody next looks. */
export function tellingTransaction<Outcome>(
  { db, outbox }: { readonly db: PrismaClient; readonly outbox: Outbox | null },
  run: (tx: Database) => Promise<Outcome>,
): Promise<Outcome> {
  return outbox ? outbox.wakingAfter<Database>(db).$transaction(run) : db.$transaction(run)
}
