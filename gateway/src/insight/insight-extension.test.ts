import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Insight } from '@cartograph/playground'
import type { RunningService } from '@cartograph/service-runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { goodClaims, type IssuerKey, issuerKey, signedBy } from '../identity/issuer.test-kit.ts'
import { start } from '../server.ts'
import { committedSupergraph, subgraphsOf } from '../supergraph/supergraph-source.ts'

const answer = JSON.stringify({ data: { products: { totalCount: 7 } } })
const query = `{
  products(first: 1) { totalCount }
  users(first: 1) { totalCount }
  node(id: "prod_01h455vb4pex5vsknk084sn02q") { id }
}`

let key: IssuerKey
let everySubgraph: Server
let received: { service: string; body: string }[]
let gateway: RunningService

/** As any subgraph, and as users where the gateway asks it for keys. */
async function answerAsSubgraph(request: IncomingMessage, response: ServerResponse) {
  const body = await text(request)
  // Of what the gateway asks besides, for itself, nothing is looked at here.
  if (request.method === 'POST' && !request.url!.startsWith('/questions/'))
    received.push({ service: request.url!.slice(1), body })
  const keys = JSON.stringify({ keys: [key.publicJwk] })
  response.setHeader('content-type', 'application/json').end(request.method === 'GET' ? keys : answer)
}

/** In production: what a client is told depends on its scopes alone. */
beforeAll(async () => {
  key = await issuerKey('k')
  everySubgraph = createServer((request, response) => void answerAsSubgraph(request, response)).listen(0, '127.0.0.1')
  await once(everySubgraph, 'listening')
  const { port } = everySubgraph.address() as AddressInfo
  const secret = randomBytes(32).toString('hex')
  const peers = subgraphsOf(committedSupergraph()).flatMap(({ name }): [string, string][] => [
    [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${port}/${name}`],
    [`${name.toUpperCase()}_SIGNING_SECRET`, secret],
  ])
  gateway = await start({
    NODE_ENV: 'production',
    LOG_LEVEL: 'silent',
    PORT: '0',
    BROWSER_SESSION_SECRETS: secret,
    PARTNER_BUDGETS_URL: 'memory:',
    ...Object.fromEntries(peers),
  })
})
afterAll(async () => {
  await gateway.stop()
  everySubgraph.closeAllConnections()
  everySubgraph.close()
})

async function ask(headers: Record<string, string>, asked = query) {
  received = []
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: asked }),
  })
  return (await response.json()) as {
    data?: unknown
    errors?: { extensions: { code: string } }[]
    extensions?: { insight?: Insight; queryPlan?: { kind: string }; cost?: unknown }
  }
}
const tokenWith = (scope: string) => signedBy(key, { ...goodClaims(Date.now()), scope })
const wanted = { 'cartograph-insight': 'true' }

test('who has the scope is told of the plan, the fetches, the cost and the fields', async () => {
  const authorization = `Bearer ${await tokenWith('insight:read')}`
  const { data, errors, extensions = {} } = await ask({ ...wanted, authorization })
  expect(data).toEqual({
    products: { totalCount: 7 },
    users: null,
    node: { id: 'prod_01h455vb4pex5vsknk084sn02q' },
  })
  expect(errors?.map(({ extensions: { code } }) => code)).toEqual(['FORBIDDEN'])
  const { insight, queryPlan, cost } = extensions
  expect(queryPlan?.kind).toBe('QueryPlan')
  expect(cost).toEqual({ estimated: 13, most: 5000 })

  const { fetches, totals, plannedMs, durationMs } = insight!.trace
  expect(received.map(({ service }) => service)).toEqual(['products'])
  const untimed = fetches.map(({ startMs: _, durationMs: __, ...fetched }) => fetched)
  const ofNode = untimed.find(({ service }) => service === 'node')!
  const ofProducts = {
    service: 'products',
    paths: [''],
    entities: 0,
    sentBytes: Buffer.byteLength(received[0]!.body),
    receivedBytes: Buffer.byteLength(answer),
    retries: 0,
  }
  expect(untimed.filter(({ service }) => service !== 'node')).toEqual([ofProducts])
  expect(ofNode).toMatchObject({ entities: 0, retries: 0 })
  expect(ofNode.sentBytes).toBeGreaterThan(50)
  expect(totals).toEqual({
    fetches: 2,
    entities: 0,
    sentBytes: ofNode.sentBytes + ofProducts.sentBytes,
    receivedBytes: ofNode.receivedBytes + ofProducts.receivedBytes,
    retries: 0,
    failures: 0,
  })
  for (const { startMs, durationMs: took } of fetches) {
    expect(startMs).toBeGreaterThanOrEqual(plannedMs!)
    expect(startMs + took).toBeLessThanOrEqual(durationMs + 0.02)
  }

  const usersRead = { authenticated: false, scopes: [['users:read']], isGranted: false }
  expect(insight!.fields).toEqual([
    { coordinate: 'Query.products', owners: ['products'], permission: null },
    { coordinate: 'ProductConnection.totalCount', owners: ['products'], permission: null },
    { coordinate: 'Query.users', owners: ['users'], permission: usersRead },
    { coordinate: 'UserConnection.totalCount', owners: ['users'], permission: null },
    { coordinate: 'Query.node', owners: ['node'], permission: null },
    {
      coordinate: 'Node.id',
      owners: ['carts', 'inventory', 'node', 'orders', 'partners', 'products', 'recommendations', 'users'],
      permission: null,
    },
  ])
})

test.each([
  ['a guest', null, wanted],
  ['a user without the scope', 'users:read audit:read', wanted],
  ['who has the scope and does not ask', 'insight:read', {}],
])('%s is told nothing', async (_who, scope, headers) => {
  const { data, extensions } = await ask({
    ...headers,
    ...(scope !== null && { authorization: `Bearer ${await tokenWith(scope)}` }),
  })
  expect(data).toMatchObject({ products: { totalCount: 7 } })
  expect(extensions).toBeUndefined()
})

test('of an operation that costs too much one learns the fields, and of one that is not valid nothing', async () => {
  const headers = { ...wanted, authorization: `Bearer ${await tokenWith('insight:read')}` }
  const dear = '{ products(first: 100) { edges { node { similar(first: 100) { edges { node { id } } } } } } }'
  const refused = await ask(headers, dear)
  expect(refused.errors?.map(({ extensions: { code } }) => code)).toEqual(['COST_ESTIMATED_TOO_EXPENSIVE'])
  expect(refused.extensions?.insight?.trace).toMatchObject({ plannedMs: null, fetches: [] })
  expect(refused.extensions?.insight?.fields.map(({ coordinate }) => coordinate)).toContain('Product.similar')
  expect(refused.extensions).not.toHaveProperty('queryPlan')
  expect(await ask(headers, '{ nothing }')).not.toHaveProperty('extensions')
})
