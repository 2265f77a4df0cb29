import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { buildSchema, graphql } from 'graphql'
import {
  type Insight,
  type OperationCost,
  playgroundPlugin,
  type PlaygroundOptions,
  toHiveQueryPlan,
} from '../index.ts'

export type ExampleServer = AsyncDisposable & { url: string; requests: ReceivedRequest[] }
export type ReceivedRequest = { query: string; headers: Record<string, unknown> }

const schema = buildSchema(`
  "A thing to buy."
  type Product { id: ID! name: String! priceCents: Int! inStock: Int! }
  type Viewer { name: String! }
  type Query {
    "The products of the shop, newest first."
    products(first: Int = 3): [Product!]!
    "Who you are, or null when you have not signed in."
    viewer: Viewer
  }
`)

/** What `@apollo/gateway` plans for a product whose stock is another subgraph's, cut to what matters. */
const PLAN = {
  kind: 'QueryPlan',
  node: {
    kind: 'Sequence',
    nodes: [
      {
        kind: 'Fetch',
        serviceName: 'products',
        operationKind: 'query',
        operation: '{products{__typename id name priceCents}}',
      },
      {
        kind: 'Parallel',
        nodes: [
          entityFetch('inventory', 'inStock'),
          { kind: 'Condition', condition: 'withReviews', ifClause: entityFetch('reviews', 'rating') },
        ],
      },
    ],
  },
}

const COST: OperationCost = { estimated: 48, most: 5_000 }

/** What a gateway tells of such an operation, one of whose subgraphs was late and another at its second attempt. */
const INSIGHT: Insight = {
  trace: {
    plannedMs: 2.4,
    durationMs: 48.2,
    totals: { fetches: 3, entities: 6, sentBytes: 1_170, receivedBytes: 4_712, retries: 1, failures: 1 },
    fetches: [
      {
        service: 'products',
        paths: [''],
        entities: 0,
        startMs: 2.6,
        durationMs: 12.4,
        sentBytes: 130,
        receivedBytes: 4_100,
        retries: 0,
      },
      {
        service: 'inventory',
        paths: ['products.@', 'viewer.cart.lines.@.product'],
        entities: 3,
        startMs: 15.4,
        durationMs: 21.6,
        sentBytes: 520,
        receivedBytes: 612,
        retries: 1,
      },
      {
        service: 'reviews',
        paths: ['products.@'],
        entities: 3,
        startMs: 15.6,
        durationMs: 32.1,
        sentBytes: 520,
        receivedBytes: 0,
        retries: 0,
        failure: 'SUBGRAPH_TIMEOUT',
      },
    ],
  },
  fields: [
    { coordinate: 'Query.products', owners: ['products'], permission: null },
    { coordinate: 'Product.id', owners: ['inventory', 'products', 'reviews'], permission: null },
    {
      coordinate: 'Product.priceCents',
      owners: ['products'],
      permission: { authenticated: true, scopes: [], isGranted: true },
    },
    {
      coordinate: 'Product.inStock',
      owners: ['inventory'],
      permission: {
        authenticated: false,
        scopes: [['inventory:read'], ['orders:read', 'orders:write']],
        isGranted: false,
      },
    },
  ],
}

export const EXAMPLES: PlaygroundOptions['operations'] = [
  {
    name: 'ProductsWithStock',
    query:
      'query ProductsWithStock($first: Int!) {\n  products(first: $first) {\n    id\n    name\n    priceCents\n    inStock\n  }\n}',
    variables: { first: 3 },
  },
  {
    name: 'WhoAmI',
    query: '# Put the token of your sign-in below, under Headers.\nquery WhoAmI {\n  viewer {\n    name\n  }\n}',
    headers: { authorization: 'Bearer paste-your-token-here' },
  },
]

/** A server with the playground before a small GraphQL endpoint, which stands in for the gateway. */
export async function startExampleServer(
  options: Partial<PlaygroundOptions> = {},
  listenOn = 0,
): Promise<ExampleServer> {
  const requests: ReceivedRequest[] = []
  const app = fastify()
  app.post<{ Body: { query: string; variables?: Record<string, unknown>; operationName?: string } }>(
    '/graphql',
    async ({ body, headers }) => {
      requests.push({ query: body.query, headers })
      const { query: source, variables: variableValues, operationName } = body
      const { authorization } = headers
      const rootValue = { products, viewer: authorization ? { name: authorization } : null }
      const result = await graphql({ schema, source, rootValue, variableValues, operationName })
      return { ...result, extensions: { queryPlan: toHiveQueryPlan(PLAN), cost: COST, insight: INSIGHT } }
    },
  )
  app.get('/graphql', async () => ({ route: 'the endpoint’s own' }))
  const defaults = { endpoint: '/graphql', title: 'Example shop', operations: EXAMPLES }
  await app.register(playgroundPlugin({ ...defaults, ...options }))
  await app.listen({ port: listenOn, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, requests, [Symbol.asyncDispose]: () => app.close() }
}

function products({ first }: { first: number }) {
  return Array.from({ length: first }, (_, index) => ({
    id: `product-${index + 1}`,
    name: `Lamp ${index + 1}`,
    priceCents: 1900 + 100 * index,
    inStock: 7 * (index + 1),
  }))
}

function entityFetch(serviceName: string, field: string) {
  return {
    kind: 'Flatten',
    path: ['products', '@'],
    node: {
      kind: 'Fetch',
      serviceName,
      requires: [
        {
          kind: 'InlineFragment',
          typeCondition: 'Product',
          selections: [
            { kind: 'Field', name: '__typename' },
            { kind: 'Field', name: 'id' },
          ],
        },
      ],
      operationKind: 'query',
      operation: `query($representations:[_Any!]!){_entities(representations:$representations){...on Product{${field}}}}`,
      variableUsages: [],
    },
  }
}
