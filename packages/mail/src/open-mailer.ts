import type { MailEnvironment } from './mail-environment.ts'
import type { Mailer } from './mailer.ts'

/**
 * The mailer that the environment asks for: an SMTP server where one is given, else a folder. Loaded with the first
 * mail, so that no start waits for it.
 */
export function openMailer(environment: MailEnvironment, now: () => Date): Mailer & { close(): Promise<void> } {
  let opened: Promise<Mailer & { close?(): void }> | undefined
  return {
    send: async (mail) => (await (opened ??= open(environment, now))).send(mail),
    close: async () => (await opened)?.close?.(),
  }
}

async function open(environment: MailEnvironment, now: () => Date): Promise<Mailer & { close?(): void }> {
  const { SMTP_URL: url, MAILBOX_DIR: folder, MAIL_FROM: from } = environment
  if (url === undefined) return (await import('./mailbox-mailer.ts')).mailboxMailer({ folder: folder!, from, now })
  return (await import('./smtp-mailer.ts')).smtpMailer({ url: new URL(url), from, now })
}
