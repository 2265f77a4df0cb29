import type { Socket } from 'node:net'
import { CommitWatch } from './commit-watch.ts'
import type { LinkFault } from './link-fault.ts'

type Direction = 'request' | 'answer'

/** One connection through a link: a caller's socket and the callee's. */
export class Passage {
  readonly #caller: Socket
  readonly #callee: Socket
  readonly #faultNow: () => LinkFault | null
  readonly #shadow: () => Socket
  /** Once it has lost bytes nothing gets through any more, as after a router has forgotten the connection. */
  #isDead: 'both ways' | 'answers' | null = null
  #last: Direction = 'answer'
  /** The second connection that gets the request under way as well; what it answers nobody hears. */
  #repeating: Socket | null = null
  readonly #commitWatch = new CommitWatch()
  #isCommitting = false

  constructor(caller: Socket, callee: Socket, faultNow: () => LinkFault | null, shadow: () => Socket) {
    this.#caller = caller
    this.#callee = callee
    this.#faultNow = faultNow
    this.#shadow = shadow
    this.#carry(caller, callee, 'request')
    this.#carry(callee, caller, 'answer')
  }

  /** Ends it as a broken wire would: the other side finds a reset, not an end. */
  reset(): void {
    this.#caller.resetAndDestroy()
    this.#callee.resetAndDestroy()
  }

  #carry(from: Socket, to: Socket, direction: Direction): void {
    from.on('data', (chunk: Buffer) => {
      const fault = this.#faultNow()
      const isFirst = direction !== this.#last
      this.#last = direction
      if (this.#breaksAt(fault, chunk, direction)) return this.reset()
      if (this.#swallows(fault, direction)) return
      if (direction === 'request') this.#repeat(fault, chunk, isFirst)
      if (fault?.kind !== 'slow') return write(to, chunk)
      setTimeout(() => write(to, chunk), fault.delayMs)
    })
    from.on('end', () => this.#afterSlowness(() => (this.#isDead === null ? to.end() : undefined)))
    from.on('error', () => this.#afterSlowness(() => to.destroy()))
    from.on('close', () => this.#afterSlowness(() => to.destroy()))
  }

  #breaksAt(fault: LinkFault | null, chunk: Buffer, direction: Direction): boolean {
    if (direction === 'answer') return fault?.kind === 'answer-lost' || (fault !== null && this.#isCommitting)
    const commits = this.#commitWatch.commits(chunk)
    this.#isCommitting = commits && fault?.kind === 'commit-unanswered'
    return commits && fault?.kind === 'commit-lost'
  }

  #swallows(fault: LinkFault | null, direction: Direction): boolean {
    if (fault?.kind === 'half-open') this.#isDead = 'both ways'
    if (fault?.kind === 'answer-swallowed' && direction === 'answer') this.#isDead ??= 'answers'
    return this.#isDead === 'both ways' || (this.#isDead === 'answers' && direction === 'answer')
  }

  /** A request is repeated whole or not at all: from its first chunk on. */
  #repeat(fault: LinkFault | null, chunk: Buffer, isFirst: boolean): void {
    if (isFirst && fault?.kind !== 'repeated') this.#repeating = null
    if (isFirst && fault?.kind === 'repeated') this.#repeating ??= this.#shadow()
    if (this.#repeating) write(this.#repeating, chunk)
  }

  /** What was delayed goes out before its end does. */
  #afterSlowness(run: () => void): void {
    const fault = this.#faultNow()
    setTimeout(run, fault?.kind === 'slow' ? fault.delayMs : 0)
  }
}

function write(to: Socket, chunk: Buffer): void {
  if (to.writable) to.write(chunk)
}
