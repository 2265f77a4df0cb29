export type OperationType = 'query' | 'mutation'

/** An operation that was known before anybody sent it. */
export interface PersistedOperation {
  /** As its manifest gives it: opaque, or the hash of `body`. */
  readonly id: string
  readonly name: string
  readonly type: OperationType
  /** A document with this operation and the fragments that it spreads. */
  readonly body: string
}
