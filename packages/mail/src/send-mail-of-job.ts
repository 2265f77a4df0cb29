import type { JobOutcome } from '@cartograph/messaging'
import { crashPoint, type Logger } from '@cartograph/service-runtime'
import { type Mail, type Mailer, MailRefusedError } from './mailer.ts'

/**
 * Writes the mail of a job and hands it over; done when there is none to write. A mail that will never be taken is
 * rejected, and any other failure is tried again. `about` names the job in the log and holds no secret.
 */
export async function sendMailOfJob(
  mailer: Mailer,
  logger: Logger,
  about: Readonly<Record<string, unknown>>,
  write: () => Promise<Mail | null>,
): Promise<JobOutcome> {
  try {
    const mail = await write()
    crashPoint('mail before sending')
    if (mail) await mailer.send(mail)
    crashPoint('mail after sending')
    return 'done'
  } catch (error) {
    logger.warn({ err: error, ...about }, 'a mail was not sent')
    return error instanceof MailRefusedError ? 'rejected' : 'failed'
  }
}
