import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { withoutPermissions } from '@cartograph/composition/without-permissions'
import { type DocumentNode, Kind, parse } from 'graphql'
import { lookUp } from '../faults/subgraph-resolvers.ts'
import type { SubgraphDefinition } from './definitions.ts'
import { World } from './world.ts'

/** A supergraph to test on: its subgraphs' names and schemas. */
export interface SupergraphSources {
  readonly name: string
  readonly subgraphs: Readonly<Record<string, string>>
  /** How many levels of fields its operations have at most. */
  readonly depth: number
  /** No leaf is 0, false or '': @apollo/gateway loses these where the planner has to rename a field. */
  readonly isAlwaysTruthy?: boolean
}

export interface Supergraph {
  readonly name: string
  readonly supergraphSdl: string
  readonly subgraphs: ReadonlyMap<string, SubgraphDefinition>
  readonly world: World
}

/** Composes the supergraph and makes its subgraphs executable. Throws with every reason why they do not compose. */
export function supergraph({ name, subgraphs: sources, isAlwaysTruthy = false }: SupergraphSources): Supergraph {
  const services = Object.entries(sources).map(([service, sdl]) => ({
    name: service,
    url: `http://${service}`,
    typeDefs: parse(sdl),
  }))
  const composed = composeServices(services)
  if (composed.errors) throw new Error(composed.errors.map(({ message }) => `${name}: ${message}`).join('\n'))
  const subgraphs = services.map(({ name: service, typeDefs }) => ({ name: service, schema: executable(typeDefs) }))
  return {
    name,
    supergraphSdl: withoutPermissions(composed.supergraphSdl),
    subgraphs: new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph])),
    world: new World(subgraphs, isAlwaysTruthy),
  }
}

/** Fields are resolved by the resolver that an execution is given; entities have to be known to the schema. */
function executable(typeDefs: DocumentNode) {
  const resolvers = Object.fromEntries(
    typeDefs.definitions.flatMap((definition) => {
      const isInterface = definition.kind === Kind.INTERFACE_TYPE_DEFINITION
      if (!isInterface && definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return []
      return [[definition.name.value, { __resolveReference: lookUp(definition.name.value, isInterface) }]]
    }),
  )
  return buildSubgraphSchema([{ typeDefs, resolvers }])
}
