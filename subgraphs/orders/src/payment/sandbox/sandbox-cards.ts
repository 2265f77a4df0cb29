export interface SandboxCard {
  /** Why the bank says no. */
  readonly declineCode?: string
  /** It asks for 3-D Secure first; what comes of it when the customer is back. */
  readonly challenge?: 'passed' | 'failed'
  /** The first requests of this kind get no answer: so many before there is an effect, or the one that had it. */
  readonly timeOut?: {
    readonly at: SandboxOperation
    readonly effect: 'before' | 'after'
    readonly times: number
  }
}

export type SandboxOperation = 'authorize' | 'capture' | 'void' | 'refund'

const timeOut = (at: SandboxOperation, effect: 'before' | 'after', times = 1): SandboxCard => ({
  timeOut: { at, effect, times },
})

/** The tokens that the sandbox knows, by what comes of paying with them; any other is `unknown_payment_method`. */
const cards: ReadonlyMap<string, SandboxCard> = new Map(
  Object.entries({
    sandbox_visa: {},
    sandbox_declined: { declineCode: 'generic_decline' },
    sandbox_insufficient_funds: { declineCode: 'insufficient_funds' },
    sandbox_expired_card: { declineCode: 'expired_card' },
    sandbox_3ds: { challenge: 'passed' },
    sandbox_3ds_failed: { challenge: 'failed' },
    sandbox_timeout_before: timeOut('authorize', 'before'),
    sandbox_timeout_after: timeOut('authorize', 'after'),
    sandbox_timeout_before_capture: timeOut('capture', 'before'),
    sandbox_timeout_after_capture: timeOut('capture', 'after'),
    // For some seconds its order stands unpaid, and can be called off before the money is taken.
    sandbox_slow_capture: timeOut('capture', 'before', 20),
    sandbox_timeout_before_void: timeOut('void', 'before'),
    sandbox_timeout_after_void: timeOut('void', 'after'),
    sandbox_timeout_before_refund: timeOut('refund', 'before'),
    sandbox_timeout_after_refund: timeOut('refund', 'after'),
  } satisfies Record<string, SandboxCard>),
)

/** The tokens of the cards that simply pay. */
export const plainCards: readonly string[] = Array.from(cards)
  .filter(([, { declineCode, challenge }]) => declineCode === undefined && challenge === undefined)
  .map(([token]) => token)

/** The tokens of the cards that get no answer to this, before or after it has its effect. */
export function cardsThatTimeOut(at: SandboxOperation, effect: 'before' | 'after'): string[] {
  return Array.from(cards)
    .filter(([, { timeOut: fault }]) => fault?.at === at && fault.effect === effect)
    .map(([token]) => token)
}

/** How the card behind a token behaves. */
export function sandboxCardOf(token: string): SandboxCard {
  return cards.get(token) ?? { declineCode: 'unknown_payment_method' }
}
