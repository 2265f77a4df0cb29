import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@cartograph/local-stack'
import { operations as pages } from '../shop/operations.ts'
import { benchmarkOperation } from './public-benchmark/operation.ts'

export interface BenchedOperation {
  /** Whose subgraphs answer it: `--graph` of canned-subgraphs.ts. */
  readonly graph: 'public-benchmark' | 'shop'
  readonly query: string
  readonly variables: Record<string, unknown>
}

/** What gateways are asked, by name. */
export const benchedOperations = {
  // Next to nothing: what is left is what a server takes for any request.
  typename: { graph: 'public-benchmark', query: '{ __typename }', variables: {} },
  benchmark: { graph: 'public-benchmark', query: benchmarkOperation, variables: {} },
  everything: {
    graph: 'shop',
    query: readFileSync(path.join(root, 'gateway', 'examples', '1-everything.graphql'), 'utf8'),
    variables: {},
  },
  'product-page': { graph: 'shop', query: pages.productPage, variables: { slug: 'a-product' } },
  listing: { graph: 'shop', query: pages.listing, variables: { after: null } },
} as const satisfies Record<string, BenchedOperation>

export type OperationName = keyof typeof benchedOperations
export const operationNames = Object.keys(benchedOperations) as OperationName[]
