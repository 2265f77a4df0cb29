import { graphql } from 'graphql'
import type { CannedSubgraph } from './canned-graph.ts'

interface GraphQLBody {
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly operationName?: string
}

/**
 * Answers of one subgraph. The first time a request body comes, the schema executes it; from then on the same body has
 * the same bytes, which cost no more than a look into a map. An answer with errors throws: a bench would measure nothing.
 */
export class CannedAnswers {
  readonly #subgraph: CannedSubgraph
  readonly #answers = new Map<string, Buffer>()

  constructor(subgraph: CannedSubgraph) {
    this.#subgraph = subgraph
  }

  answer(body: string): Buffer | Promise<Buffer> {
    return this.#answers.get(body) ?? this.#execute(body)
  }

  async #execute(body: string): Promise<Buffer> {
    const { query, variables, operationName } = JSON.parse(body) as GraphQLBody
    const result = await graphql({
      schema: this.#subgraph.schema,
      fieldResolver: this.#subgraph.fieldResolver ?? null,
      source: query,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    })
    if (result.errors) throw new Error(result.errors.map(String).join('\n'))
    const answer = Buffer.from(JSON.stringify(result))
    this.#answers.set(body, answer)
    return answer
  }
}
