import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import nodemailer from 'nodemailer'
import { composeMail } from './compose-mail.ts'
import type { Mailer } from './mailer.ts'

export interface MailboxOptions {
  readonly folder: string
  readonly from: string
  readonly now: () => Date
}

/**
 * Sends nothing: writes each mail into a folder, as `<id>.eml`, which mail programs open. Whoever reads the folder sees
 * whole files alone; the same mail again, also at once, is the same file.
 */
export function mailboxMailer({ folder, from, now }: MailboxOptions): Mailer {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(mail) {
      const { message } = await transport.sendMail(composeMail(mail, from, now()))
      await mkdir(folder, { recursive: true })
      const draft = path.join(folder, `.${mail.id}.${randomUUID()}.draft`)
      try {
        await writeFile(draft, message, { flag: 'wx', flush: true })
        await rename(draft, path.join(folder, `${mail.id}.eml`))
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
  }
}
