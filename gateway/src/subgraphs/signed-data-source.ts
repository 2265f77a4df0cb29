import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { signRequest, type ViewerClaims } from '@cartograph/viewer'
import { Pool } from 'undici'
import type { GatewayContext } from '../context.ts'
import type { SubgraphEndpoint } from './subgraph-endpoints.ts'

type Operation = Pick<GraphQLDataSourceProcessOptions['request'], 'query' | 'variables' | 'operationName'>
type Response = Awaited<ReturnType<GraphQLDataSource<GatewayContext>['process']>>

/** How long a subgraph may take to answer one fetch, body and all. */
const fetchDeadlineMs = 10_000

/**
 * Sends the fetches of query plans to one subgraph, over pooled keep-alive connections, each signed with that
 * subgraph's secret and carrying who the viewer is. A subgraph that cannot be reached, is late, or answers no GraphQL
 * yields an error with its name and a code; it never throws, so that the rest of the plan goes on.
 */
export class SignedDataSource implements GraphQLDataSource<GatewayContext> {
  readonly #endpoint: SubgraphEndpoint
  readonly #path: string
  readonly #pool: Pool

  constructor(endpoint: SubgraphEndpoint) {
    const { origin, pathname, search } = new URL(endpoint.url)
    this.#endpoint = endpoint
    this.#path = `${pathname}${search}`
    this.#pool = new Pool(origin, { connections: 64, keepAliveTimeout: 30_000 })
  }

  process({ request, context }: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<Response> {
    return this.send(request, (context as GatewayContext).claims)
  }

  /** Sends one operation for the viewer in `claims`. */
  async send({ query, variables, operationName }: Operation, claims: ViewerClaims): Promise<Response> {
    const body = JSON.stringify({ query, variables, operationName })
    const signature = signRequest(this.#endpoint.signingSecret, { method: 'POST', path: this.#path, body }, claims)
    let text: string
    try {
      const response = await this.#pool.request({
        method: 'POST',
        path: this.#path,
        headers: { 'content-type': 'application/json', accept: 'application/json', ...signature },
        body,
        signal: AbortSignal.timeout(fetchDeadlineMs),
      })
      text = await response.body.text()
    } catch (error) {
      return this.#failure(error)
    }
    try {
      const answer: unknown = JSON.parse(text)
      if (isGraphQLAnswer(answer)) return answer
    } catch {
      // What is no JSON is no GraphQL either.
    }
    return this.#error(
      'SUBGRAPH_MALFORMED_RESPONSE',
      `The ${this.#endpoint.name} service answered something that is not GraphQL.`,
    )
  }

  close(): Promise<void> {
    return this.#pool.close()
  }

  #failure(error: unknown): Response {
    const { name } = this.#endpoint
    return (error as Error).name === 'TimeoutError'
      ? this.#error('SUBGRAPH_TIMEOUT', `The ${name} service did not answer in time.`)
      : this.#error('SUBGRAPH_UNAVAILABLE', `The ${name} service is unavailable.`)
  }

  #error(code: string, message: string): Response {
    return { data: null, errors: [{ message, extensions: { code, service: this.#endpoint.name } }] }
  }
}

function isGraphQLAnswer(answer: unknown): answer is Response {
  return answer !== null && typeof answer === 'object' && ('data' in answer || 'errors' in answer)
}
