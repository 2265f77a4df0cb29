import type { SendMailOptions } from 'nodemailer'
import { type Mail, MailRefusedError } from './mailer.ts'

// One address and nothing else: no name, list, comment, quotation or space in which a header could go on.
const address = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,255}$/u
const controlCharacter = /[\p{Cc}\u2028\u2029]/u
const fileName = /^\w[\w.-]{0,199}$/

/**
 * The mail as nodemailer takes it. Throws MailRefusedError for what could write a header, a recipient or a path of its
 * own: a control character in the subject, anything but one address to send to, an id that is no file name.
 */
export function composeMail({ id, to, subject, text }: Mail, from: string, date: Date): SendMailOptions {
  if (!fileName.test(id)) throw new MailRefusedError('the id of the mail is not a plain name')
  if (!address.test(to)) throw new MailRefusedError(`mail ${id} is not to one plain address`)
  if (controlCharacter.test(subject)) throw new MailRefusedError(`the subject of mail ${id} is more than a line`)
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'
  return {
    from,
    to: { name: '', address: to },
    subject,
    text,
    date,
    messageId: `<${id}@${domain}>`,
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
