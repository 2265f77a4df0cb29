import { SignedDataSource } from './signed-data-source.ts'
import type { SubgraphEndpoint } from './subgraph-endpoints.ts'

/** A data source for each subgraph that has an address. */
export class SubgraphSources {
  readonly #sources: ReadonlyMap<string, SignedDataSource>

  constructor(endpoints: ReadonlyMap<string, SubgraphEndpoint>) {
    this.#sources = new Map([...endpoints].map(([name, endpoint]) => [name, new SignedDataSource(endpoint)]))
  }

  /** Throws for a subgraph that was added to the supergraph since the gateway started. */
  of(name: string): SignedDataSource {
    const source = this.#sources.get(name)
    if (!source) throw new Error(`The supergraph has a new subgraph, ${name}; restart the gateway with its address.`)
    return source
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sources.values()].map((source) => source.close()))
  }
}
