/** What a gateway makes of a case: what the monolith answers, something else, or an error instead of data. */
export type Verdict = 'right' | 'wrong' | 'refused'

/** An operation that @apollo/gateway is known to answer wrong, or close to one. */
export interface KnownCase {
  readonly name: string
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly subgraphs: Readonly<Record<string, string>>
  readonly stock: Verdict
  readonly ours: Verdict
}
