import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { withoutPermissions } from '@cartograph/composition/without-permissions'
import { createLogger } from '@cartograph/service-runtime/process'
import { guestClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GatewayContext } from '../context.ts'
import { exampleOperations } from '../example-operations.ts'
import { committedSupergraph } from '../supergraph/supergraph-source.ts'
import { RequestLifetime } from '../subgraphs/request-lifetime.ts'
import { demandControl } from './demand-control.ts'

const claims = guestClaims('r')

async function serverWith(most: number) {
  const server = new ApolloServer<GatewayContext>({
    gateway: new ApolloGateway({
      supergraphSdl: withoutPermissions(committedSupergraph()),
      logger: createLogger('gateway', 'silent'),
    }),
    includeStacktraceInErrorResponses: false,
    plugins: [demandControl(most)],
    logger: createLogger('gateway', 'silent'),
  })
  await server.start()
  return server
}

let server: ApolloServer<GatewayContext>
beforeAll(async () => {
  server = await serverWith(100)
})
afterAll(() => server.stop())

async function ask(query: string, variables: Record<string, unknown>, wantsQueryPlan: boolean, asked = server) {
  const { body, http } = await asked.executeOperation(
    { query, variables },
    { contextValue: { claims, lifetime: new RequestLifetime(5_000), wantsQueryPlan } },
  )
  if (body.kind !== 'single') throw new Error('an answer in parts')
  return { status: http.status, ...body.singleResult }
}

describe('an operation that costs more than the most', () => {
  const query = 'query ($first: Int) { products(first: $first) { edges { node { id } } } }'
  const refused = (estimated: number) => ({
    status: 400,
    errors: [
      {
        message: `The operation would cost ${estimated}; at most 100 is allowed.`,
        extensions: { code: 'COST_ESTIMATED_TOO_EXPENSIVE', cost: { estimated, most: 100 } },
      },
    ],
  })

  test('is refused with both numbers, as its variables decide', async () => {
    expect(await ask(query, { first: 50 }, false)).toEqual(refused(101))
    expect(await ask(query, { first: 100 }, false)).toEqual(refused(201))
  })

  test('reaches the subgraphs when it costs as much as is allowed', async () => {
    const exactly = await serverWith(101)
    const { errors } = await ask(query, { first: 50 }, false, exactly)
    await exactly.stop()
    expect(errors?.map(({ extensions }) => extensions?.['code'])).not.toContain('COST_ESTIMATED_TOO_EXPENSIVE')
  })
})

test('developers are told what an operation costs with its answer and with its refusal, others with the refusal alone', async () => {
  const told = { cost: { estimated: 0, most: 100 } }
  expect(await ask('{ __typename }', {}, true)).toMatchObject({ data: { __typename: 'Query' }, extensions: told })
  expect((await ask('{ __typename }', {}, false)).extensions ?? {}).not.toHaveProperty('cost')
  const { extensions } = await ask('{ products(first: 100) { edges { node { id } } } }', {}, true)
  expect(extensions).toEqual({ cost: { estimated: 201, most: 100 } })
})

test('what the examples cost', async () => {
  const least = await serverWith(1)
  const costs = []
  for (const { name, query } of exampleOperations()) {
    const { errors } = await ask(query, { cartId: '', total: '1', variantId: '' }, false, least)
    costs.push([name, (errors?.[0]?.extensions?.['cost'] as { estimated: number } | undefined)?.estimated])
  }
  await least.stop()
  expect(Object.fromEntries(costs)).toEqual({
    Everything: 273,
    Search: 88,
    Trending: 94,
    SignIn: 63,
    GuestCart: 23,
    CartToBuy: 64,
    Quote: 37,
    Buy: 103,
  })
})
