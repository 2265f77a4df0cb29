/** An e-mail as it leaves the shop: plain text, one recipient. */
export interface Mail {
  /**
   * Unique for ever; letters, digits, dots, dashes and underscores. Sent again, it is the same mail: one file, or one
   * Message-ID that receivers can tell.
   */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** What sends e-mail. Resolves when the mail is handed over; throws when it may not have been, and may then be repeated. */
export interface Mailer {
  /** Throws MailRefusedError when repeating is of no use. */
  send(mail: Mail): Promise<void>
}

/**
 * This mail will never be taken: it is none that can be written down, or the server wants nothing of it for this
 * recipient. Whoever repeats all that fails may repeat this too; it harms nothing.
 */
export class MailRefusedError extends Error {
  override readonly name = 'MailRefusedError'
}
