import { inject, describe, expect, test } from 'vitest'
import { ask, customerOf, signIn } from '../src/shop-client.ts'

const { url, dataset } = inject('sharedShop')
const withPlan = { 'cartograph-insight': 'true' }

interface PlanNode {
  readonly serviceName?: string
  readonly node?: PlanNode
  readonly nodes?: readonly PlanNode[]
}

/** The subgraphs that a plan fetches from, in its order. */
function servicesOf({ serviceName, node, nodes = [] }: PlanNode): string[] {
  return [...(serviceName ? [serviceName] : []), ...[...(node ? [node] : []), ...nodes].flatMap(servicesOf)]
}

/** What a guest, or whoever sends `headers`, is answered, by whom, and what was refused. */
async function askWithPlan(
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
) {
  const { data, errors, status, text } = await ask<object>(url, query, variables, { ...withPlan, ...headers })
  const { extensions } = JSON.parse(text) as { extensions?: { queryPlan?: PlanNode } }
  return {
    status,
    data,
    refused: (errors ?? []).map(({ path, extensions: { code } }) => `${path?.join('.')} ${String(code)}`),
    services: [...new Set(servicesOf(extensions?.queryPlan ?? {}))],
  }
}

describe('what the viewer may not see is not fetched', () => {
  test('a refused root field beside one that is not', async () => {
    expect(
      await askWithPlan(
        '{ orders(first: 1) { totalCount } users(first: 1) { totalCount } all: products(first: 1) { edges { node { __typename } } } }',
      ),
    ).toEqual({
      status: 200,
      data: { orders: null, users: null, all: { edges: [{ node: { __typename: 'Product' } }] } },
      refused: ['orders UNAUTHENTICATED', 'users UNAUTHENTICATED'],
      services: ['products'],
    })
  })

  test('a whole operation: nothing is fetched at all', async () => {
    const { authorization } = await signIn(url, customerOf[dataset])
    const mutation =
      'mutation { userRolesSet(userId: "user_00000000000000000000000000", roles: [ADMIN]) { user { id } } }'
    expect(await askWithPlan(mutation, {}, { authorization })).toEqual({
      status: 200,
      data: { userRolesSet: null },
      refused: ['userRolesSet FORBIDDEN'],
      services: [],
    })
    expect((await askWithPlan(mutation)).refused).toEqual(['userRolesSet UNAUTHENTICATED'])
  })

  test('a field of each product of a list, named where it stands', async () => {
    const query = '{ products(first: 2) { edges { node { variants { levels: stockLevels { onHand } } inStock } } } }'
    const { data, refused, services } = await askWithPlan(query)
    const { products } = data as { products: { edges: { node: { variants: { levels: null }[]; inStock: boolean } }[] } }
    const expected = products.edges.flatMap(({ node }, product) =>
      node.variants.map((_, variant) => `products.edges.${product}.node.variants.${variant}.levels UNAUTHENTICATED`),
    )
    expect(expected.length).toBeGreaterThanOrEqual(2)
    expect(refused).toEqual(expected)
    for (const { node } of products.edges) {
      expect(node.variants.map(({ levels }) => levels)).toEqual(node.variants.map(() => null))
      expect(typeof node.inStock).toBe('boolean')
    }
    expect(services).toEqual(['products', 'inventory'])
  })

  test('through aliases, fragments and node; and not where a directive leaves it out', async () => {
    const { data: viewerData } = await ask<{ viewer: { id: string } }>(
      url,
      '{ viewer { id } }',
      {},
      await signIn(url, customerOf[dataset]),
    )
    const { id } = viewerData.viewer
    const query = `query ($id: ID!, $no: Boolean = false) {
      node(id: $id) { __typename ...card ... on Product { title } }
    }
    fragment card on User { id mail: email ... @include(if: $no) { roles } addresses @skip(if: true) { city } }`
    expect(await askWithPlan(query, { id })).toEqual({
      status: 200,
      data: { node: { __typename: 'User', id, mail: null } },
      refused: ['node.mail UNAUTHENTICATED'],
      // Of a product it would have been the title; of users nothing is left to ask.
      services: ['node', 'products'],
    })
  })
})

test('a plan for one is not a plan for another', async () => {
  const query = '{ users(first: 1) { edges { node { email } } } }'
  const admin = await signIn(url, dataset === 'demo' ? 'admin@example.com' : customerOf[dataset])
  for (let round = 0; round < 2; round += 1) {
    expect((await askWithPlan(query)).refused).toEqual(['users UNAUTHENTICATED'])
    const { refused, services } = await askWithPlan(query, {}, admin)
    if (dataset === 'demo') expect({ refused, services }).toEqual({ refused: [], services: ['users'] })
    else expect({ refused, services }).toEqual({ refused: ['users FORBIDDEN'], services: [] })
  }
})
