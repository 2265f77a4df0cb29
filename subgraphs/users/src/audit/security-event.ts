/** What is recorded. The schema's SecurityEventKind says what each means. */
export const securityEventKinds = [
  'SIGNED_IN',
  'SIGN_IN_FAILED',
  'SIGNED_OUT',
  'SIGNED_OUT_EVERYWHERE',
  'REFRESH_TOKEN_REUSED',
  'TOO_MANY_ATTEMPTS',
  'ROLES_SET',
  'ACCOUNT_DISABLED',
  'ACCOUNT_ENABLED',
  'PASSWORD_NOT_CONFIRMED',
  'PASSWORD_CHANGED',
  'PASSWORD_RESET',
  'EMAIL_CHANGED',
  'ACCOUNT_DELETED',
] as const

export type SecurityEventKind = (typeof securityEventKinds)[number]

export interface SecurityEvent {
  readonly id: string
  readonly kind: SecurityEventKind
  /** Whose account it concerns, where that is known. */
  readonly userId: string | null
  /** Who did it; null for a guest. */
  readonly actorId: string | null
  readonly sessionId: string | null
  readonly clientAddress: string | null
  readonly requestId: string
  readonly at: Date
}
