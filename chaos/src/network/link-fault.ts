/**
 * What a link does to what passes through it. `slow` delays every chunk; `cut` resets what is there and whatever comes;
 * `half-open` swallows all and answers nothing; `answer-swallowed` lets requests through and keeps answers back;
 * `answer-lost` lets a request through and resets when its answer comes.
 */
const anyLink = ['slow', 'cut', 'half-open', 'answer-swallowed', 'answer-lost'] as const

/** `repeated` delivers every request twice at once, as a balancer that tries again does. */
export const serviceLinkFaults = [...anyLink, 'repeated'] as const

/** The connection breaks just as a transaction is to be committed: before the server hears of it, or before it answers. */
export const databaseLinkFaults = [...anyLink, 'commit-lost', 'commit-unanswered'] as const

export type LinkFaultKind = (typeof serviceLinkFaults)[number] | (typeof databaseLinkFaults)[number]

export type LinkFault =
  { readonly kind: 'slow'; readonly delayMs: number } | { readonly kind: Exclude<LinkFaultKind, 'slow'> }
