import { GraphQLError } from 'graphql'
import type { Data } from './data.ts'
import type { FetchGroup, Gathering } from './fetch-group.ts'
import type { ResponsePath } from './places.ts'
import { SharedReads } from './shared-reads.ts'
import type { SubgraphAnswer, SubgraphError, SubgraphRequest, SubgraphTransport } from './subgraph-transport.ts'

/** A subgraph that answers with more than this is not heard out: the client's answer would be nothing but errors. */
const mostErrors = 1_000

/** What one execution of an operation has gathered so far. */
export class Execution {
  /** The answers of all fetches, merged: in the client's response keys, and with what only fetches need. */
  readonly data: Data = {}
  readonly errors: GraphQLError[] = []
  /** Objects and lists of `data` that stand in several places of it. */
  readonly shared = new Set<unknown>()
  readonly gatherings = new Map<FetchGroup, Gathering>()
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly #reads: SharedReads
  readonly #context: unknown
  readonly #memory = new Map<string, unknown>()

  constructor(variables: Readonly<Record<string, unknown>>, transport: SubgraphTransport, context: unknown) {
    this.variables = variables
    this.#reads = new SharedReads(transport)
    this.#context = context
  }

  /** Never rejects: a transport that does yields an answer without data, and with an error. */
  send(request: Omit<SubgraphRequest, 'context'>): Promise<SubgraphAnswer> {
    return this.#reads.send({ ...request, context: this.#context })
  }

  /** What `find` finds in the data, for as long as nothing is merged into them: fetches of a moment often look for the same. */
  remembered<Found>(key: string, find: () => Found): Found {
    if (!this.#memory.has(key)) this.#memory.set(key, find())
    return this.#memory.get(key) as Found
  }

  /** Something was merged into the data. */
  dataChanged(): void {
    this.#memory.clear()
  }

  /** An error that `service` answered, of the field at `path` of the client's answer where that is known. */
  fail(service: string, { message, extensions }: SubgraphError, path?: ResponsePath): void {
    if (this.errors.length >= mostErrors) return
    this.errors.push(
      new GraphQLError(message || `The ${service} service failed.`, {
        ...(path && { path }),
        extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...extensions, service },
      }),
    )
  }
}

/** The error of an answer that breaks the rules of GraphQL or federation. */
export function malformedAnswer(service: string): SubgraphError {
  return {
    message: `The ${service} service answered something that is not GraphQL.`,
    extensions: { code: 'SUBGRAPH_MALFORMED_RESPONSE' },
  }
}
