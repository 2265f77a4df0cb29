import { ApolloGateway, type GraphQLDataSource, type GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import type { BenchedOperation } from '../operations.ts'

/** One call of a subgraph. */
export interface RecordedCall {
  readonly subgraph: string
  readonly body: string
}

/** What the stock gateway asks subgraphs for one operation, and what it answers. */
export interface Exchange {
  /** The calls of a wave go out together; the next waits for them all. */
  readonly waves: readonly (readonly RecordedCall[])[]
  readonly answer: unknown
}

/**
 * Has the stock gateway execute `operation`. It is given the answers to a wave of calls at once, when all are there: what
 * it asks next it asks before it reads from the network again, and so without any waiting for further calls.
 */
export async function recordExchange(supergraphSdl: string, operation: BenchedOperation): Promise<Exchange> {
  const waves: RecordedCall[][] = []
  let wave: { unanswered: number; readonly answered: PromiseWithResolvers<void> } | undefined
  class RecordingSource implements GraphQLDataSource {
    readonly #subgraph: string
    readonly #url: string

    constructor(subgraph: string, url: string) {
      this.#subgraph = subgraph
      this.#url = url
    }

    async process({ request }: GraphQLDataSourceProcessOptions) {
      if (wave === undefined) {
        wave = { unanswered: 0, answered: Promise.withResolvers() }
        waves.push([])
      }
      const own = wave
      const body = JSON.stringify({ query: request.query, variables: request.variables })
      waves.at(-1)!.push({ subgraph: this.#subgraph, body })
      own.unanswered += 1
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(this.#url, { method: 'POST', headers, body })
      const answer = (await response.json()) as Awaited<ReturnType<GraphQLDataSource['process']>>
      own.unanswered -= 1
      if (own.unanswered === 0) {
        wave = undefined
        own.answered.resolve()
      }
      await own.answered.promise
      return answer
    }
  }
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) => new RecordingSource(name, url ?? ''),
  })
  const server = new ApolloServer({ gateway })
  await server.start()
  try {
    const { body } = await server.executeOperation({ query: operation.query, variables: operation.variables })
    if (body.kind !== 'single' || body.singleResult.errors) throw new Error(JSON.stringify(body))
    return { waves, answer: { data: body.singleResult.data } }
  } finally {
    await server.stop()
  }
}
