import { randomUUID } from 'node:crypto'
import { fromGlobalId } from '@cartograph/global-ids'
import { documentIdOf, withoutAlgorithm } from '@cartograph/persisted-operations'
import { numbered } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin, type PartnersUnderTest, partnersUnderTest, type Refusal } from './partners-under-test.ts'

interface Manifest {
  readonly id: string
  readonly version: number
  readonly status: string
  readonly publishedAt: string
  readonly deprecatedAt: string | null
  readonly sunsetAt: string | null
  readonly operationCount: number
}
interface InvalidOperation extends Refusal {
  readonly message: string
  readonly operationId?: string
  readonly operationName?: string | null
}
interface Outcome {
  readonly manifest: Manifest | null
  readonly userErrors: readonly InvalidOperation[]
}
interface Submitted {
  readonly id: string
  readonly body?: string
}

const fields = 'id version status publishedAt deprecatedAt sunsetAt operationCount'
const refusals =
  'userErrors { __typename code path message ... on InvalidOperationError { operationId operationName } }'

/** An operation under the hash of its body, which differs with the number. */
const operation = (number: number, type = 'query') => {
  const body =
    type === 'query'
      ? `query Feed${number} { products(first: ${number}) { edges { node { id } } } }`
      : `mutation Open${number} { cartCreate { cart { id } } }`
  return { id: documentIdOf(body), body }
}
const dayMs = 24 * 3_600_000

let partners: PartnersUnderTest
beforeAll(async () => {
  partners = await partnersUnderTest()
})
afterAll(() => partners.stop())

async function mutate<Data>(mutation: string, variables: object): Promise<Data> {
  const { data, errors } = await partners.ask<Record<string, Data>>(admin, mutation, variables)
  expect(errors).toBeUndefined()
  return Object.values(data)[0]!
}
const publish = (partnerId: string, operations: readonly Submitted[], sunsetPreviousAt: Date | null = null) =>
  mutate<Outcome>(
    `mutation ($partnerId: ID!, $operations: [ManifestOperationInput!]!, $sunsetPreviousAt: DateTime) {
      manifestPublish(partnerId: $partnerId, operations: $operations, sunsetPreviousAt: $sunsetPreviousAt) {
        manifest { ${fields} } ${refusals} } }`,
    { partnerId, operations, sunsetPreviousAt },
  )
const add = (partnerId: string, operations: readonly Submitted[]) =>
  mutate<{ added: number | null; userErrors: readonly InvalidOperation[] }>(
    `mutation ($partnerId: ID!, $operations: [PersistedOperationInput!]!) {
      persistedOperationsAdd(partnerId: $partnerId, operations: $operations) { added ${refusals} } }`,
    { partnerId, operations },
  )
const sunset = (manifestId: string, sunsetAt: Date | null) =>
  mutate<Outcome>(
    `mutation ($manifestId: ID!, $sunsetAt: DateTime) {
      manifestSunset(manifestId: $manifestId, sunsetAt: $sunsetAt) { manifest { ${fields} } ${refusals} } }`,
    { manifestId, sunsetAt },
  )
async function manifestsOf(partnerId: string): Promise<Manifest[]> {
  const { data, errors } = await partners.ask<{ partner: { manifests: { edges: { node: Manifest }[] } } }>(
    admin,
    `query ($id: ID!) { partner(id: $id) { manifests(first: 10) { edges { node { ${fields} } } } } }`,
    { id: partnerId },
  )
  expect(errors).toBeUndefined()
  return data.partner.manifests.edges.map(({ node }) => node)
}
/** After a refusal: nothing of `work` is left. */
async function movesNothing<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const before = await partners.stored()
  const answer = await work()
  expect(await partners.stored()).toEqual(before)
  return answer
}

describe('publishing', () => {
  test('makes a version, which gateways are told of, with what each operation costs', async () => {
    const id = await partners.partner()
    const { manifest, userErrors } = await publish(id, [operation(7), operation(1, 'mutation')])
    expect(userErrors).toEqual([])
    expect(manifest).toEqual({
      id: expect.stringMatching(/^man_/),
      version: 1,
      status: 'ACTIVE',
      publishedAt: expect.any(String),
      deprecatedAt: null,
      sunsetAt: null,
      operationCount: 2,
    })
    expect([await partners.recorded(id), await partners.version(id)]).toEqual([
      ['PARTNER_CREATED', 'MANIFEST_PUBLISHED'],
      2,
    ])
    const { data } = await partners.ask<{ partner: { manifests: { edges: { node: { operations: object } }[] } } }>(
      admin,
      `query ($id: ID!) { partner(id: $id) { manifests(first: 1) { edges { node {
        operations(first: 5) { edges { node { id name type body cost callsLast30Days } } pageInfo { hasNextPage } } } } } } }`,
      { id },
    )
    const shown = (
      { id: operationId, body }: { id: string; body: string },
      name: string,
      type: string,
      cost: number,
    ) => ({
      node: { id: operationId, name, type, body, cost, callsLast30Days: 0 },
    })
    expect(data.partner.manifests.edges[0]!.node.operations).toEqual({
      edges: [shown(operation(7), 'Feed7', 'QUERY', 15), shown(operation(1, 'mutation'), 'Open1', 'MUTATION', 21)],
      pageInfo: { hasNextPage: false },
    })
  })

  test('deprecates the version before, which runs for 90 days more unless told otherwise, and never longer than it was to', async () => {
    const id = await partners.partner()
    const soon = new Date(Date.now() + 2 * dayMs)
    await publish(id, [operation(1)])
    await publish(id, [operation(2)])
    await publish(id, [operation(3)], soon)
    const { manifest } = await publish(id, [operation(4)])
    const [fourth, third, second, first] = await manifestsOf(id)
    expect([fourth, third, second, first].map((each) => [each?.version, each?.status])).toEqual([
      [4, 'ACTIVE'],
      [3, 'SUNSET'],
      [2, 'SUNSET'],
      [1, 'SUNSET'],
    ])
    expect(third!.deprecatedAt).toBe(manifest!.publishedAt)
    expect(Date.parse(third!.sunsetAt!) - Date.parse(third!.deprecatedAt!)).toBe(90 * dayMs)
    expect([second!.sunsetAt, first!.sunsetAt]).toEqual([soon.toISOString(), soon.toISOString()])
  })

  test('what runs already changes nothing, in whichever order it comes', async () => {
    const id = await partners.partner()
    const { manifest } = await publish(id, [operation(1), operation(2)])
    expect(await movesNothing(() => publish(id, [operation(2), operation(1)]))).toEqual({ manifest, userErrors: [] })
  })

  test('an id that is the hash of its body is kept with sha256:, however it comes; any other is a name', async () => {
    const id = await partners.partner()
    const bare = { ...operation(1), id: withoutAlgorithm(operation(1).id) }
    await publish(id, [bare, { ...operation(2), id: 'feed-2' }])
    const rows = await partners.sql<{ operation_id: string }>(
      'select operation_id from persisted_operation where partner_id = $1 order by name',
      [fromGlobalId('Partner', id)],
    )
    expect(rows.map((row) => row.operation_id)).toEqual([operation(1).id, 'feed-2'])
  })

  test('takes bodies that were stored before', async () => {
    const id = await partners.partner()
    expect(await add(id, [operation(1), operation(2)])).toEqual({ added: 2, userErrors: [] })
    expect(await partners.recorded(id)).toEqual(['PARTNER_CREATED', 'OPERATIONS_ADDED'])
    expect(await partners.version(id)).toBe(1)
    expect(await movesNothing(() => add(id, [operation(1)]))).toEqual({ added: 0, userErrors: [] })
    const ids = [{ id: operation(1).id }, { id: withoutAlgorithm(operation(2).id) }]
    expect((await publish(id, ids)).manifest).toMatchObject({ version: 1, operationCount: 2 })
  })

  test('tells all that is wrong with all operations, and publishes none', async () => {
    const id = await partners.partner()
    const taken = { id: 'feed', body: operation(1).body }
    await publish(id, [taken])
    const wrong: Submitted[] = [
      operation(5),
      { id: 'everybody', body: 'query Everybody { users(first: 1) { edges { node { email } } } }' },
      { id: 'orders', body: 'query Orders { orders(first: 1) { edges { node { id } } } }' },
      { id: 'broken', body: 'query {' },
      { id: 'nameless', body: '{ products { edges { node { id } } } }' },
      { id: operation(6).id, body: operation(7).body },
      {
        id: 'dear',
        body: 'query Dear { products(first: 100) { edges { node { similar(first: 100) { edges { node { id } } } } } } }',
      },
      { id: 'stored-nowhere' },
      { id: 'feed', body: operation(2).body },
      { id: 'nul', body: 'query Nul { productBySlug(slug: "a\u0000") { id } }' },
      operation(5),
    ]
    const { manifest, userErrors } = await movesNothing(() => publish(id, wrong))
    expect(manifest).toBeNull()
    expect(new Set(userErrors.map(({ __typename, code }) => `${__typename} ${code}`))).toEqual(
      new Set(['InvalidOperationError INVALID_OPERATION']),
    )
    const told = userErrors.map(({ operationId, operationName, path, message }) => [
      path[1],
      operationId,
      operationName,
      message,
    ])
    expect(told.toSorted(([left], [right]) => Number(left) - Number(right))).toEqual([
      ['1', 'everybody', 'Everybody', 'Cannot query field "users" on type "Query".'],
      ['2', 'orders', 'Orders', 'Cannot query field "orders" on type "Query". Did you mean "order"?'],
      ['3', 'broken', null, expect.stringMatching(/^Its body is not GraphQL: Syntax Error/)],
      ['4', 'nameless', null, 'Its body does not hold exactly one operation, with a name.'],
      ['5', operation(6).id, 'Feed7', 'It is not the hash of its body.'],
      ['6', 'dear', 'Dear', expect.stringMatching(/^It costs \d+, and no operation may cost more than 5000\.$/)],
      ['7', 'stored-nowhere', null, 'It came without a body, and none is stored under its id.'],
      ['8', 'feed', 'Feed2', 'Its id has another body already, and an id never gets another one.'],
      ['9', 'nul', null, 'Its body has a character U+0000.'],
      ['10', operation(5).id, 'Feed5', 'Its id is there twice.'],
    ])
  })

  test('what a scope opens is published by who has it', async () => {
    const id = await partners.partner({ scopes: ['orders:read'] })
    const body = 'query Orders { orders(first: 1) { edges { node { id } } } }'
    expect((await publish(id, [{ id: 'orders', body }])).userErrors).toEqual([])
  })

  test.each([
    ['nothing', [], null, 'A manifest has 1 to 1000 operations.', 'operations'],
    [
      'more than a manifest holds',
      numbered(1_001, operation),
      null,
      'A manifest has 1 to 1000 operations.',
      'operations',
    ],
    [
      'an end that is past',
      [operation(1)],
      new Date(0),
      'The versions before cannot have ended already.',
      'sunsetPreviousAt',
    ],
  ] as const)('refuses %s', async (_, operations, previous, message, argument) => {
    const id = await partners.partner()
    expect((await movesNothing(() => publish(id, operations, previous))).userErrors).toMatchObject([
      { __typename: 'ValidationError', code: 'INVALID_INPUT', path: [argument], message },
    ])
  })

  test('refuses a partner that is not there', async () => {
    const { manifest } = await publish(await partners.partner(), [operation(1)])
    const nobody = (await partners.partner()).replace(/.{6}$/, '000000')
    expect((await publish(nobody, [operation(1)])).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['partnerId'] },
    ])
    expect((await sunset(manifest!.id.replace(/.{6}$/, '000000'), null)).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['manifestId'] },
    ])
  })

  test('of several at once each is a version of its own, and one of them runs without an end', async () => {
    const id = await partners.partner()
    const outcomes = await Promise.all(numbered(6, (number) => publish(id, [operation(number)])))
    const versions = outcomes.map(({ manifest }) => manifest!.version)
    expect(versions.toSorted((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6])
    expect((await manifestsOf(id)).map(({ status }) => status)).toEqual([
      'ACTIVE',
      ...Array.from({ length: 5 }, () => 'SUNSET'),
    ])
    expect(await partners.version(id)).toBe(7)
  })
})

describe('a sunset', () => {
  test('is set, moved and taken back; one that is past ends a version now, for good', async () => {
    const id = await partners.partner()
    const { manifest } = await publish(id, [operation(1)])
    const later = new Date(Date.now() + dayMs)
    expect((await sunset(manifest!.id, later)).manifest).toMatchObject({
      status: 'SUNSET',
      sunsetAt: later.toISOString(),
      deprecatedAt: expect.any(String),
    })
    expect((await movesNothing(() => sunset(manifest!.id, later))).manifest).toMatchObject({ status: 'SUNSET' })
    expect((await sunset(manifest!.id, null)).manifest).toEqual(manifest)
    const ended = await sunset(manifest!.id, new Date(0))
    expect(ended.manifest).toMatchObject({ status: 'RETIRED' })
    expect(Date.parse(ended.manifest!.sunsetAt!)).toBeGreaterThanOrEqual(Date.parse(manifest!.publishedAt))
    expect((await movesNothing(() => sunset(manifest!.id, null))).userErrors).toMatchObject([
      { __typename: 'ValidationError', code: 'MANIFEST_RETIRED', path: ['manifestId'] },
    ])
    expect(await partners.recorded(id)).toEqual([
      'PARTNER_CREATED',
      'MANIFEST_PUBLISHED',
      'MANIFEST_SUNSET',
      'MANIFEST_SUNSET',
      'MANIFEST_SUNSET',
    ])
    // What it had is published anew, as another version.
    expect((await publish(id, [operation(1)])).manifest).toMatchObject({ version: 2, status: 'ACTIVE' })
  })

  test('taken back from a version that has a newer one leaves it deprecated', async () => {
    const id = await partners.partner()
    const { manifest } = await publish(id, [operation(1)])
    await publish(id, [operation(2)])
    expect((await sunset(manifest!.id, null)).manifest).toMatchObject({
      status: 'SUNSET',
      sunsetAt: null,
      deprecatedAt: expect.any(String),
    })
  })
})

test('reading 50 partners with their manifests, operations and calls costs the statements of one', async () => {
  const query = `query ($first: Int!) { partners(first: $first) { edges { node { manifests(first: 2) { edges { node {
    operationCount operations(first: 3) { edges { node { name cost callsLast30Days } } } } } } } } } }`
  await Promise.all(
    numbered(50, async (number) => {
      const id = await partners.partner({ name: `!${number} ${randomUUID()}` })
      await publish(id, [operation(number), operation(number, 'mutation')])
    }),
  )
  const statements = async (first: number) =>
    (
      await partners.statementsOf(async () => {
        expect((await partners.ask(admin, query, { first })).errors).toBeUndefined()
      })
    ).length
  const one = await statements(1)
  expect(await statements(50)).toBe(one)
  expect(one).toBe(5)
}, 60_000)
