import { mailQueue } from '@cartograph/mail'
import type { Database } from '../database.ts'
import type { UsersServices } from '../account/users-request.ts'

/** A transaction whose events and mails are delivered as soon as it has committed, and not only when somebody next looks. */
export async function tellingTransaction<Outcome>(
  { db, jobs, outbox }: Pick<UsersServices, 'db' | 'jobs' | 'outbox'>,
  run: (tx: Database) => Promise<Outcome>,
): Promise<Outcome> {
  const outcome = await outbox.wakingAfter<Database>(db).$transaction(run)
  jobs.wake(mailQueue)
  return outcome
}
