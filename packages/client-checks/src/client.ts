import type { PersistedOperation } from '@cartograph/persisted-operations'

/** Somebody whose operations have to go on running. */
export interface Client {
  /** What a finding calls it. */
  readonly name: string
  /** Of a partner; null for the shop's own front ends, which see the whole API. */
  readonly scopes: readonly string[] | null
  readonly operations: readonly PersistedOperation[]
}
