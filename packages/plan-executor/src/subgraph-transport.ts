/** One request to one subgraph. */
export interface SubgraphRequest {
  readonly service: string
  /** A GraphQL request over HTTP, as JSON: `query` and `variables`. */
  readonly body: string
  /** Whether it only reads, so that sending it twice is harmless. */
  readonly isQuery: boolean
  /** The places of the client's answer that it is for: each a path, in which '@' stands for every element of a list. */
  readonly paths: readonly (readonly string[])[]
  /** How many entities it asks for. */
  readonly entities: number
  /** The context of the client's request. */
  readonly context: unknown
}

export interface SubgraphError {
  readonly message?: string
  readonly path?: readonly (string | number)[] | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** As parsed from JSON: an answer that misses both `data` and `errors` is none. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null | undefined
  readonly errors?: readonly SubgraphError[] | undefined
}

/** How subgraphs are reached. What an answer holds belongs to the executor, which merges it in place. */
export interface SubgraphTransport {
  /**
   * Sends `request`. A subgraph that cannot be reached, is late or answers no GraphQL should yield an answer that says so;
   * a rejection becomes an error of the whole fetch.
   */
  send(request: SubgraphRequest): Promise<SubgraphAnswer>
}
