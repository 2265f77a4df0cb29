import { type Mail, type Mailer, sendMailOfJob } from '@cartograph/mail'
import type { Job, JobOutcome } from '@cartograph/messaging'
import type { Logger } from '@cartograph/service-runtime'
import type { PrismaClient } from '../database.ts'
import { emailChanged, emailChangeRequested, passwordChanged } from './account-mails.ts'
import type { MailJob } from './mail-job.ts'
import { writeEmailChange, writeEmailVerification, writePasswordReset } from './write-link-mail.ts'

export interface MailServices {
  readonly db: PrismaClient
  readonly mailer: Mailer
  readonly logger: Logger
  readonly now: () => Date
  /** Where the shop front is, with a slash at its end. */
  readonly storeUrl: string
}

/** Writes the mail of a job and hands it over; done without one when what it is about is over. */
export function sendMail(services: MailServices, job: Job<MailJob>): Promise<JobOutcome> {
  const about = { job: job.id, kind: job.data.kind }
  return sendMailOfJob(services.mailer, services.logger, about, () => writeMail(services, job))
}

function writeMail(services: MailServices, { id, data }: Job<MailJob>): Promise<Mail | null> {
  switch (data.kind) {
    case 'email-verification':
      return writeEmailVerification(services, id, data.requestId)
    case 'email-change':
      return writeEmailChange(services, id, data.requestId)
    case 'password-reset':
      return writePasswordReset(services, id, data.email, new Date(data.requestedAt))
    case 'email-change-requested':
      return Promise.resolve(emailChangeRequested({ id, email: data.email }))
    case 'email-changed':
      return Promise.resolve(emailChanged({ id, email: data.email }))
    case 'password-changed':
      return Promise.resolve(passwordChanged({ id, email: data.email }))
  }
}
