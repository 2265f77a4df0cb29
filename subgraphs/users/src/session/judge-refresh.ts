import { absoluteLifetimeMs } from './session-lifetime.ts'

/** How long a token that was used may be shown again, because the answer to its use was lost. */
export const lostAnswerGraceMs = 10_000

/** A refresh token that somebody shows, with what is known of its session. */
export interface ShownToken {
  readonly usedAt: Date | null
  readonly replacedAt: Date | null
  readonly expiresAt: Date
  /** Whether the session's one good token was given for this one, so that nothing has come of that yet. */
  readonly isSuccessorUnused: boolean
  readonly sessionCreatedAt: Date
  readonly sessionRevokedAt: Date | null
  readonly isAccountDisabled: boolean
}

/** `replace`: the token that was given for this one is given up for another. `reuse`: the session must end. */
export type RefreshVerdict = 'renew' | 'replace' | 'reuse' | 'refuse'

/**
 * What becomes of a refresh token that is shown. One that was used, or given up, is in two hands: its family ends (RFC
 * 9700, section 4.14.2). Unless its use was less than ten seconds ago and nobody has used what was given for it, for
 * then its owner may well never have got the answer.
 */
export function judgeRefresh(token: ShownToken, now: Date): RefreshVerdict {
  const isOver =
    token.expiresAt <= now ||
    now.getTime() - token.sessionCreatedAt.getTime() >= absoluteLifetimeMs ||
    token.isAccountDisabled
  if (token.sessionRevokedAt) return 'refuse'
  if (token.replacedAt) return 'reuse'
  if (!token.usedAt) return isOver ? 'refuse' : 'renew'
  const isRecent = now.getTime() - token.usedAt.getTime() < lostAnswerGraceMs
  return isRecent && token.isSuccessorUnused && !isOver ? 'replace' : 'reuse'
}
