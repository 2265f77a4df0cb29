import type { Mail } from '@cartograph/mail'

/** Whom a mail is for; `id` is unique among mails of its kind. */
export interface Addressee {
  readonly id: string
  readonly email: string
}

export interface LinkMail extends Addressee {
  readonly displayName: string
  /** A page of the shop, with the token. */
  readonly link: string
}

/** Asks the owner of a new account to show that mails reach them. */
export function emailVerification(mail: LinkMail): Mail {
  return mailOf('email-verification', mail, 'Confirm your e-mail address', [
    `Hello ${nameIn(mail)},`,
    'please confirm that this is your e-mail address:',
    mail.link,
    'The link works once, for 24 hours. If you have not opened an account with us, do nothing.',
  ])
}

/** Lets the owner of the address choose a new password. */
export function passwordReset(mail: LinkMail): Mail {
  return mailOf('password-reset', mail, 'Choose a new password', [
    `Hello ${nameIn(mail)},`,
    'somebody, probably you, has asked for a new password for your account. Choose it here:',
    mail.link,
    'The link works once, for 30 minutes. If it was not you, do nothing: your password stays as it is.',
  ])
}

/** To the address that an account shall have: its use proves that it is the asker's. */
export function emailChange(mail: LinkMail): Mail {
  return mailOf('email-change', mail, 'Confirm your new e-mail address', [
    `Hello ${nameIn(mail)},`,
    'please confirm that your account shall have this e-mail address:',
    mail.link,
    'The link works once, for 24 hours. If you have not asked for it, do nothing.',
  ])
}

/** To an address that has an account, in place of the link: only its owner learns that it has one. */
export function emailInUse(mail: Addressee): Mail {
  return mailOf('email-in-use', mail, 'You have an account already', [
    'Somebody, probably you, wants to use this e-mail address for another account. It has an account already.',
    'If it was you, sign in with this address; ask for a new password if you have forgotten yours.',
    'If it was not you, do nothing: your account stays as it is.',
  ])
}

/** To the address that an account still has. */
export function emailChangeRequested(mail: Addressee): Mail {
  return mailOf('email-change-requested', mail, 'Your e-mail address is about to change', [
    'Somebody with your password has asked that your account have another e-mail address.',
    'If it was not you, choose a new password now: it takes the request back.',
  ])
}

/** To the address that an account had. */
export function emailChanged(mail: Addressee): Mail {
  return mailOf('email-changed', mail, 'Your e-mail address was changed', [
    'Your account has another e-mail address now, and we will write to you there.',
    'If it was not you, please tell us at once.',
  ])
}

/** After every change of a password, so that its owner hears of one that was not theirs. */
export function passwordChanged(mail: Addressee): Mail {
  return mailOf('password-changed', mail, 'Your password was changed', [
    'The password of your account was changed, and all other devices are signed out.',
    'If it was not you, ask for a new password now.',
  ])
}

/** A name is its owner's to choose: in a mail from us it stays on its line, and too short to hold a message. */
function nameIn({ displayName }: LinkMail): string {
  return [...displayName.replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')].slice(0, 40).join('')
}

function mailOf(kind: string, { id, email }: Addressee, subject: string, parts: readonly string[]): Mail {
  return { id: `account-${kind}-${id}`, to: email, subject, text: `${parts.join('\n\n')}\n` }
}
