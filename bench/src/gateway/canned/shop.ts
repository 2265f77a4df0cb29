import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { readSupergraphConfig } from '@cartograph/composition'
import { withoutPermissions } from '@cartograph/composition/without-permissions'
import { root } from '@cartograph/local-stack'
import { parse } from 'graphql'
import type { CannedGraph } from './canned-graph.ts'
import { inventValue } from './invented-values.ts'

/**
 * Cartograph's own subgraphs with invented values, and its committed supergraph, open to everybody: what permissions cost
 * is no part of what gateways are compared by.
 */
export function shop(): CannedGraph {
  const subgraphs = readSupergraphConfig(path.join(root, 'supergraph.yaml'))
  return {
    subgraphs: subgraphs.map(({ name, schemaFile }) => ({
      name,
      schema: buildSubgraphSchema([{ typeDefs: parse(readFileSync(schemaFile, 'utf8')) }]),
      fieldResolver: inventValue,
    })),
    supergraphAt: (origin) =>
      subgraphs.reduce(
        (supergraph, { name, routingUrl }) =>
          supergraph.replace(`name: "${name}", url: "${routingUrl}"`, `name: "${name}", url: "${origin}/${name}"`),
        withoutPermissions(readFileSync(path.join(root, 'gateway', 'supergraph.graphql'), 'utf8')),
      ),
  }
}
