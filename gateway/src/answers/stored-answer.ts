import { hash } from 'node:crypto'
import { AnswerText } from '@cartograph/plan-executor'

/** The data of an answer that anybody may be given until it is stale. */
export class StoredAnswer extends AnswerText {
  /** A strong entity tag: the same for the same text. */
  readonly etag: string
  /** Milliseconds of the epoch. */
  readonly staleAt: number

  constructor(text: string, staleAt: number, etag = `"${hash('sha256', text, 'base64url')}"`) {
    super(text)
    this.etag = etag
    this.staleAt = staleAt
  }

  /** As one text, for what keeps texts. */
  serialize(): string {
    return `${this.staleAt} ${this.etag} ${this.text}`
  }

  /** What `serialize` gave; null for any other text. */
  static parse(serialized: string): StoredAnswer | null {
    const [head, staleAt, etag] = /^(\d{1,15}) ("[\w-]{43}") /.exec(serialized) ?? []
    if (head === undefined || etag === undefined) return null
    return new StoredAnswer(serialized.slice(head.length), Number(staleAt), etag)
  }
}
