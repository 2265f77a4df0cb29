/** An operation of a manifest. */
export interface PublishedOperation {
  readonly partnerId: string
  /** What it is asked for by. */
  readonly id: string
  readonly name: string
  readonly type: 'QUERY' | 'MUTATION'
  readonly body: string
  /** With the defaults of its variables, when it was published. */
  readonly cost: number
}
