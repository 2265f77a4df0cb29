import { AsyncLocalStorage } from 'node:async_hooks'
import { composeServices } from '@apollo/composition'
import { CompiledGateway, type SubgraphAnswer } from '@cartograph/plan-executor'
import { buildSchema, execute, type ExecutionResult, GraphQLError, Kind, parse, validate } from 'graphql'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { allowedDocument } from './allowed-document.ts'

const schemaText = `
  interface Thing { id: ID! }
  type Query { user: User things: [Thing] sure: [Thing!]! count: Int! other: User }
  type User implements Thing { id: ID! email: String name: String! friends: [User!] best: User! cart: Cart }
  type Cart implements Thing { id: ID! total: Int! lines: [Line]! }
  type Line { sku: String! note: String }
`
const cart = { __typename: 'Cart', id: 'c', total: 3, lines: [{ sku: 'a', note: null }, null, { sku: 'b', note: 'n' }] }
const user: Record<string, unknown> = { __typename: 'User', id: 'u', email: 'e', name: 'n', cart }
user['best'] = user
user['friends'] = [user, { ...user, id: 'v' }]
const rootValue = { user, things: [user, cart, null], sure: [cart, user], count: 7, other: null }

const documents = [
  '{ user { id email name } count }',
  '{ count }',
  '{ first: user { mail: email } second: user { email name } other { email } __typename }',
  '{ user { friends { name best { email friends { id email } } } cart { total lines { sku note } } } }',
  '{ things { __typename id ... on User { email best { name } } ...ofCart } } fragment ofCart on Cart { lines { note } total }',
  '{ sure { ... on Thing { id } ... on User { name } ... on Cart { lines { sku } } } }',
  'query ($with: Boolean! = true) { user { email @include(if: $with) name @skip(if: $with) id } }',
  'query ($no: Boolean = false) { user { ...{ email } ... @include(if: $no) { name } friends { ...all } } } fragment all on User { id email ...more } fragment more on User { best { email } email }',
]
const coordinates = [
  ...['user', 'things', 'sure', 'count', 'other'].map((field) => `Query.${field}`),
  ...['id', 'email', 'name', 'friends', 'best', 'cart'].map((field) => `User.${field}`),
  ...['id', 'total', 'lines'].map((field) => `Cart.${field}`),
  ...['sku', 'note'].map((field) => `Line.${field}`),
]

/** What a server answers that resolves every field, and of which each refused one throws. */
function oracle(source: string, refused: ReadonlySet<string>): ExecutionResult {
  return execute({
    schema,
    document: parse(source),
    rootValue,
    fieldResolver(parent: Record<string, unknown>, _args, _context, { parentType, fieldName }) {
      if (refused.has(`${parentType.name}.${fieldName}`)) throw new Error('refused')
      return parent[fieldName]
    },
  }) as ExecutionResult
}

const schema = buildSchema(schemaText)
const resolvedByService: string[] = []
const refusedFields = new AsyncLocalStorage<ReadonlySet<string>>()
const gateway = new CompiledGateway({
  supergraphSdl: composeServices([{ name: 'shop', url: 'http://shop', typeDefs: parse(schemaText) }]).supergraphSdl!,
  transport: {
    async send({ body }) {
      const { query } = JSON.parse(body) as { query: string }
      const answer = await execute({
        schema,
        document: parse(query),
        rootValue,
        fieldResolver(parent: Record<string, unknown>, _args, _context, { parentType, fieldName }) {
          resolvedByService.push(`${parentType.name}.${fieldName}`)
          return parent[fieldName]
        },
      })
      return JSON.parse(JSON.stringify(answer)) as SubgraphAnswer
    },
  },
  restrictionOf() {
    const refused = refusedFields.getStore()!
    const isRefused = (type: string, field: string) => refused.has(`${type}.${field}`)
    return {
      key: [...refused].join(),
      isRefused,
      allowed: (apiSchema, document) => allowedDocument(apiSchema, document, isRefused),
      refusal: (path) => new GraphQLError('refused', { path }),
    }
  },
})
const { executor } = await gateway.load()
afterAll(() => gateway.stop())

async function projected(source: string, refused: ReadonlySet<string>) {
  const document = parse(source)
  expect(validate(schema, document)).toEqual([])
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!
  resolvedByService.length = 0
  const request = { schema: gateway.schema!, document, operation, operationName: null, queryHash: source, request: {} }
  const answer = await refusedFields.run(refused, () => executor(request as Parameters<typeof executor>[0]))
  const data = JSON.parse(JSON.stringify(answer.data)) as unknown
  return { data, errors: answer.errors ?? [], resolved: [...resolvedByService] }
}

const paths = (errors: readonly GraphQLError[] = []) => errors.map(({ path }) => path?.join('.'))

test('whatever is refused, the answer is that of a server whose refused fields fail', async () => {
  return fc.assert(
    fc.asyncProperty(fc.constantFrom(...documents), fc.subarray(coordinates), async (source, fields) => {
      const refused = new Set(fields)
      const expected = oracle(source, refused)
      const { data, errors } = await projected(source, refused)
      expect(JSON.stringify(data)).toBe(JSON.stringify(expected.data))
      expect(paths(errors)).toEqual(expect.arrayContaining(paths(expected.errors)))
    }),
    { numRuns: 2_000 },
  )
})

test('what is refused is not asked for, but where an interface hides which type has it', async () => {
  const refused = new Set(['User.email', 'User.cart', 'Cart.total'])
  const { resolved, data, errors } = await projected(
    '{ user { id email cart { total } } things { ... on User { email } ... on Cart { total id } } }',
    refused,
  )
  expect(resolved.filter((coordinate) => refused.has(coordinate))).toEqual([])
  expect(data).toEqual({ user: { id: 'u', email: null, cart: null }, things: [{ email: null }, null, null] })
  expect(paths(errors)).toEqual(['user.email', 'user.cart', 'things.0.email', 'things.1.total'])
  const hidden = await projected('{ things { id } }', new Set(['Cart.id']))
  expect(hidden.data).toEqual({ things: [{ id: 'u' }, null, null] })
  expect(paths(hidden.errors)).toEqual(['things.1.id'])
})

test('a client may use any alias', async () => {
  const source = `{ things { permissions__typename: id ... on User { _permissions__typename: name email } } }`
  const { data, errors } = await projected(source, new Set(['User.email']))
  expect(data).toEqual({
    things: [
      { permissions__typename: 'u', _permissions__typename: 'n', email: null },
      { permissions__typename: 'c' },
      null,
    ],
  })
  expect(paths(errors)).toEqual(['things.0.email'])
})

test('a document of which nothing is refused is run as it is', async () => {
  for (const source of documents) expect(allowedDocument(schema, parse(source), () => false)).toBeNull()
})

test('a root field that may not be null refuses the whole operation', async () => {
  const { data, errors, resolved } = await projected('{ user { id } count }', new Set(['Query.count']))
  expect(data).toBeNull()
  expect(paths(errors)).toEqual(['count'])
  expect(resolved).not.toContain('Query.count')
})
