import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type DocumentNode, type GraphQLFieldResolver, type GraphQLSchema, parse } from 'graphql'

/** What `buildSubgraphSchema` takes for resolvers. */
type Resolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: DocumentNode }>['resolvers']
>

export interface SubgraphSource {
  readonly name: string
  readonly typeDefs: string
  /** By type and field. */
  readonly resolvers: object
}

export interface CannedSubgraph {
  readonly name: string
  readonly schema: GraphQLSchema
  /** Of the fields that the schema has no resolvers for. */
  readonly fieldResolver?: GraphQLFieldResolver<unknown, unknown>
}

/** Subgraphs that one process answers for, and the supergraph that gateways are given. */
export interface CannedGraph {
  readonly subgraphs: readonly CannedSubgraph[]
  /** The supergraph's SDL, with each subgraph routed to its name under `origin`. */
  readonly supergraphAt: (origin: string) => string
}

/** The subgraphs of `sources`, composed. Throws with what does not fit together. */
export function composedGraph(sources: readonly SubgraphSource[]): CannedGraph {
  const services = sources.map(({ name, typeDefs }) => ({ name, typeDefs: parse(typeDefs) }))
  return {
    subgraphs: sources.map(({ name, typeDefs, resolvers }) => ({
      name,
      schema: buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as Resolvers }]),
    })),
    supergraphAt(origin) {
      const { supergraphSdl, errors } = composeServices(
        services.map((service) => ({ ...service, url: `${origin}/${service.name}` })),
      )
      if (supergraphSdl === undefined) throw new Error((errors ?? []).map(({ message }) => message).join('\n'))
      return supergraphSdl
    },
  }
}
