import { mailQueue } from '@cartograph/mail'
import type { JobQueue } from '@cartograph/messaging'
import type { Database } from '../database.ts'
import type { MailJob } from './mail-job.ts'

/** Has mails be sent if the transaction commits, and only then. Call `jobs.wake(mailQueue)` afterwards. */
export async function enqueueMails(jobs: JobQueue, tx: Database | null, ...mails: readonly MailJob[]): Promise<void> {
  await jobs.enqueue(
    tx,
    mailQueue,
    mails.map((data) => ({ data })),
  )
}
