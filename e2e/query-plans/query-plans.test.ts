import { readFileSync } from 'node:fs'
import path from 'node:path'
import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { prettyFormatQueryPlan, QueryPlanner, type QueryPlan } from '@apollo/query-planner'
import { operations } from '@cartograph/bench/operations'
import { withoutPermissions } from '@cartograph/composition/without-permissions'
import { root } from '@cartograph/local-stack'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { exampleOperation } from '../src/shop-client.ts'

const supergraph = Supergraph.build(
  withoutPermissions(readFileSync(path.join(root, 'gateway/supergraph.graphql'), 'utf8')),
)
const planner = new QueryPlanner(supergraph)

interface PlanNode {
  readonly kind: string
  readonly nodes?: PlanNode[]
  readonly node?: PlanNode
}

function fetches(node: PlanNode | undefined): number {
  if (!node) return 0
  if (node.kind === 'Fetch') return 1
  return [...(node.nodes ?? []), ...(node.node ? [node.node] : [])].reduce((sum, child) => sum + fetches(child), 0)
}

/** Fetches that must wait for each other, one after the other. */
function waves(node: PlanNode | undefined): number {
  if (!node) return 0
  if (node.kind === 'Fetch') return 1
  const children = [...(node.nodes ?? []), ...(node.node ? [node.node] : [])].map(waves)
  return node.kind === 'Sequence' ? children.reduce((sum, depth) => sum + depth, 0) : Math.max(0, ...children)
}

function planOf(query: string): QueryPlan {
  return planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), parse(query)))
}

const cancelling = `mutation ($id: ID!, $key: String!) {
  orderCancel(orderId: $id, reason: CUSTOMER, idempotencyKey: $key) {
    order {
      number status refunded { amount currencyCode } lines { title quantity variant { sku title } }
      refunds { amount { amount currencyCode } completedAt } timeline(first: 20) { edges { node { at message } } }
    }
    userErrors { code message }
  }
}`

// A snapshot that changes in review is a hop that somebody added: say why in the commit.
test.each([
  ['join everything', exampleOperation('1-everything.graphql'), { fetches: 13, waves: 5 }],
  ['listing', operations.listing, { fetches: 2, waves: 2 }],
  ['product page', operations.productPage, { fetches: 5, waves: 4 }],
  ['account page', operations.accountPage, { fetches: 4, waves: 3 }],
  ['adding a line', operations.addLine, { fetches: 1, waves: 1 }],
  ['checkout quote', exampleOperation('7-quote.graphql'), { fetches: 1, waves: 1 }],
  // Orders; then products, for the titles of what was bought beside the names of what is short or no longer for sale.
  ['checkout complete', exampleOperation('8-buy.graphql'), { fetches: 3, waves: 2 }],
  ['order cancel', cancelling, { fetches: 2, waves: 2 }],
])('%s', async (name, query, size) => {
  const plan = planOf(query)
  const node = plan.node as PlanNode | undefined
  expect({ fetches: fetches(node), waves: waves(node) }).toEqual(size)
  await expect(prettyFormatQueryPlan(plan)).toMatchFileSnapshot(`./snapshots/${name.replaceAll(' ', '-')}.plan`)
})
