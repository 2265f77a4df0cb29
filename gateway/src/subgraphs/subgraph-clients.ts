import type { SubgraphAnswer, SubgraphRequest, SubgraphTransport } from '@cartograph/plan-executor'
import { traceOfFetch } from './fetch-trace.ts'
import { type RequestScope, SubgraphClient, type SubgraphClientOptions } from './subgraph-client.ts'

/** A subgraph that is answered within this process. */
export type LocalSubgraph = (request: SubgraphRequest) => Promise<SubgraphAnswer>

/** All subgraphs of a supergraph. The context of each request that is sent is a RequestScope. */
export class SubgraphClients implements SubgraphTransport {
  readonly #clients: ReadonlyMap<string, SubgraphClient>
  readonly #local: ReadonlyMap<string, LocalSubgraph>

  constructor(remote: readonly SubgraphClientOptions[], local: Readonly<Record<string, LocalSubgraph>> = {}) {
    this.#clients = new Map(remote.map((options) => [options.name, new SubgraphClient(options)]))
    this.#local = new Map(Object.entries(local))
  }

  send(request: SubgraphRequest): Promise<SubgraphAnswer> {
    const local = this.#local.get(request.service)
    const scope = request.context as RequestScope
    if (!local) return this.of(request.service).send(request, scope)
    return scope.trace ? sendTraced(local, request, scope) : local(request)
  }

  /** Throws for a subgraph that was added to the supergraph since the gateway started. */
  of(name: string): SubgraphClient {
    const client = this.#clients.get(name)
    if (!client) throw new Error(`The supergraph has a new subgraph, ${name}; restart the gateway with its address.`)
    return client
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.close()))
  }
}

/** Nothing of it goes over a connection, but what it says is as long as if it did. */
async function sendTraced(
  local: LocalSubgraph,
  request: SubgraphRequest,
  { lifetime, trace }: RequestScope,
): Promise<SubgraphAnswer> {
  const startedAt = performance.now()
  const answer = await local(request)
  const receivedBytes = Buffer.byteLength(JSON.stringify(answer))
  trace?.push(traceOfFetch(request, lifetime, { startedAt, receivedBytes, retries: 0 }))
  return answer
}
