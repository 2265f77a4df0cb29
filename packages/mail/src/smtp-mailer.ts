import nodemailer, { type NodemailerError } from 'nodemailer'
import { composeMail } from './compose-mail.ts'
import { type Mailer, MailRefusedError } from './mailer.ts'

export interface SmtpOptions {
  /** `smtp://user:password@host:port`, or `smtps:`; options of nodemailer as its query, such as `requireTLS=true`. */
  readonly url: URL
  readonly from: string
  readonly now: () => Date
  /** How long the server may be silent. */
  readonly timeoutMs?: number
}

export interface SmtpMailer extends Mailer {
  /** Ends the connections when what is on its way has been sent. */
  close(): void
}

/**
 * Hands mails to an SMTP server, over a few connections that are kept. A mail whose handing over broke off may have been
 * taken; sent again, it has the same Message-ID. Nothing is repeated here, which is for the caller to do.
 */
export function smtpMailer({ url, from, now, timeoutMs = 10_000 }: SmtpOptions): SmtpMailer {
  const transport = nodemailer.createTransport({
    pool: true,
    url: url.href,
    maxConnections: 2,
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  })
  return {
    async send(mail) {
      try {
        await transport.sendMail(composeMail(mail, from, now()))
      } catch (error) {
        if (error instanceof Error && isRefusal(error)) {
          throw new MailRefusedError(`mail ${mail.id} was refused: ${error.message}`, { cause: error })
        }
        throw error
      }
    },
    close: () => transport.close(),
  }
}

/** A lasting no to this recipient or this message; one to our sender or credentials is for an operator to mend. */
const isRefusal = ({ permanent, command }: NodemailerError) =>
  permanent === true && (command === 'RCPT TO' || command === 'DATA')
