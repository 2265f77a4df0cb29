import type { Random } from '@cartograph/shop-data'

/** How the bytes of an attack are sent, and what its sender does then. */
export type Conduct =
  /** At once; then it reads the answer. */
  | 'whole'
  /** A few bytes now and then, until the gateway has enough of it, or the sender. */
  | 'drip'
  /** At once; then it says that nothing more will come, and reads. */
  | 'half-close'
  /** At once; then it is gone. */
  | 'leave'

export interface Attack {
  readonly name: string
  readonly bytes: Buffer
  readonly conduct: Conduct
  /** Whether there must be an answer: it is a request as HTTP has them, sent whole. */
  readonly isRequest: boolean
}

/** Makes one attack of its kind, another each time. */
export type Attacks = Readonly<Record<string, (random: Random) => string | Buffer>>

export const times = (count: number, text: (at: number) => string, between = ' '): string =>
  Array.from({ length: count }, (_, at) => text(at)).join(between)
