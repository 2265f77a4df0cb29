import { readFileSync } from 'node:fs'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { requestError } from '@cartograph/error-catalogue'
import { nodeTypeOfGlobalId } from '@cartograph/global-ids'
import type { SubgraphAnswer } from '@cartograph/plan-executor'
import { graphql, parse } from 'graphql'
import type { LocalSubgraph } from '../subgraphs/subgraph-clients.ts'

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
export function nodeSubgraph(): LocalSubgraph {
  const typeDefs = parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'))
  const schema = buildSubgraphSchema([{ typeDefs, resolvers }])
  return async ({ body }) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> }
    const answer = await graphql({ schema, source: query, variableValues: variables })
    // Plain objects, as any subgraph's; graphql-js makes them without a prototype.
    return JSON.parse(JSON.stringify(answer)) as SubgraphAnswer
  }
}
