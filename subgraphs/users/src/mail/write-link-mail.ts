import type { Mail } from '@cartograph/mail'
import { issueToken } from '../token/issue-token.ts'
import { requestToken } from '../token/request-token.ts'
import { emailChange, emailInUse, emailVerification, type LinkMail, passwordReset } from './account-mails.ts'
import type { MailServices } from './send-mail.ts'
import { storeLink, type StorePage } from './store-link.ts'

/** The mail that asks for the address of an account to be confirmed; null when nobody waits for it any more. */
export async function writeEmailVerification(
  services: MailServices,
  id: string,
  requestId: string,
): Promise<Mail | null> {
  const link = await linkOf(services, id, requestId, 'verify-email')
  return link && emailVerification(link)
}

/** The mail to an account's new address: with a link, or without one where the address has an account. */
export async function writeEmailChange(services: MailServices, id: string, requestId: string): Promise<Mail | null> {
  const link = await linkOf(services, id, requestId, 'change-email')
  if (!link) return null
  const owner = await services.db.user.findUnique({ where: { email: link.email }, select: { id: true } })
  return owner ? emailInUse(link) : emailChange(link)
}

/**
 * The mail that lets a password be chosen anew; null for an address without an account. Who asked does not wait for
 * this, and so learns nothing from how long it takes.
 */
export async function writePasswordReset(
  services: MailServices,
  id: string,
  email: string,
  requestedAt: Date,
): Promise<Mail | null> {
  const account = await services.db.user.findUnique({ where: { email }, select: { id: true } })
  if (!account) return null
  // Under the job's id: begun again, it is the same request.
  await requestToken(services.db, {
    userId: account.id,
    email,
    purpose: 'RESET_PASSWORD',
    requestedAt,
    requestId: id,
  })
  const link = await linkOf(services, id, id, 'reset-password')
  return link && passwordReset(link)
}

async function linkOf(
  { db, now, storeUrl }: MailServices,
  id: string,
  requestId: string,
  page: StorePage,
): Promise<LinkMail | null> {
  const issued = await issueToken(db, requestId, now())
  return issued && { ...issued, id, link: storeLink(storeUrl, page, issued.token) }
}
