import { readFileSync } from 'node:fs'
import { LocalGraphQLDataSource } from '@apollo/gateway'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { requestError } from '@cartograph/error-catalogue'
import { nodeTypeOfGlobalId } from '@cartograph/global-ids'
import { parse } from 'graphql'

const mostNodes = 100

const reference = (id: string) => ({ __typename: nodeTypeOfGlobalId(id), id })

const resolvers = {
  Query: {
    node: (_: unknown, { id }: { id: string }) => reference(id),
    nodes: (_: unknown, { ids }: { ids: string[] }) => {
      if (ids.length > mostNodes)
        throw requestError('BAD_USER_INPUT', `nodes takes at most ${mostNodes} ids, not ${ids.length}.`)
      return ids.map((id) => {
        try {
          return reference(id)
        } catch (error) {
          // An error in the place of one node; the others are answered.
          return error
        }
      })
    },
  },
}

/**
 * The subgraph `node`, answered within the gateway: it reads the type out of a global id and leaves the rest to the
 * subgraph that owns the type.
 */
export function nodeSource(): LocalGraphQLDataSource {
  const typeDefs = parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'))
  return new LocalGraphQLDataSource(buildSubgraphSchema([{ typeDefs, resolvers }]))
}
