/**
 * A mail to be written. What is asked for by its owner names the token's request; what tells of a change names the
 * address that it is told to. No job holds a token: it would stand in the database for whoever reads that.
 */
export type MailJob =
  | { readonly kind: 'email-verification' | 'email-change'; readonly requestId: string }
  /** For whoever has the address: asked for by anybody, and looked up when it is written and not before. */
  | { readonly kind: 'password-reset'; readonly email: string; readonly requestedAt: string }
  | {
      readonly kind: 'email-change-requested' | 'email-changed' | 'password-changed'
      readonly userId: string
      readonly email: string
    }
