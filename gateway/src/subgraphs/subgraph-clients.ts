import type { SubgraphAnswer, SubgraphRequest, SubgraphTransport } from '@cartograph/plan-executor'
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
    return local ? local(request) : this.of(request.service).send(request, request.context as RequestScope)
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
