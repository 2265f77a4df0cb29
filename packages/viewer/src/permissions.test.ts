import { graphql, parse, print, type DocumentNode } from 'graphql'
import { applyMiddleware } from 'graphql-middleware'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { describe, expect, test } from 'vitest'
import { type Permissions, permissionMiddleware, viewerRule } from './permissions.ts'
import { guestClaims, viewerOf } from './viewer.ts'

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])
  directive @public(reason: String!) on FIELD_DEFINITION
  type Query {
    open: String @public(reason: "It says nothing.")
    mine: String @authenticated
    staff: String @requiresScopes(scopes: [["a:read"], ["b:read", "c:read"]])
  }
  type Note @key(fields: "id") { id: ID! text: String secret: String @requiresScopes(scopes: [["a:read"]]) }
`)

const ownNotes = viewerRule<{ owner: string }>('own notes', (viewer, note) => viewer.userId === note.owner)
const permissions: Permissions = { 'Note.*': ownNotes }

function schemaOf(document: DocumentNode, rules: Permissions) {
  const resolvers = {
    Query: { open: () => 'o', mine: () => 'm', staff: () => 's' },
    Note: { __resolveReference: ({ id }: { id: string }) => ({ id, owner: id, text: `text of ${id}`, secret: 'x' }) },
  }
  return applyMiddleware(
    buildSubgraphSchema([{ typeDefs: document, resolvers }]),
    permissionMiddleware(document, rules) as never,
  )
}

const schema = schemaOf(typeDefs, permissions)

async function ask(source: string, id: string | null, scopes: string[] = []) {
  const viewer = viewerOf(id === null ? guestClaims('r') : { ...guestClaims('r'), kind: 'user', id, scopes })
  const { data, errors } = await graphql({ schema, source, contextValue: { viewer } })
  return {
    data: JSON.parse(JSON.stringify(data)) as unknown,
    codes: (errors ?? []).map((error) => `${error.path?.join('.')} ${String(error.extensions['code'])}`),
  }
}

describe('the directives of the schema', () => {
  const query = '{ open mine staff }'
  test('a guest', async () =>
    expect(await ask(query, null)).toEqual({
      data: { open: 'o', mine: null, staff: null },
      codes: ['mine UNAUTHENTICATED', 'staff UNAUTHENTICATED'],
    }))
  test('somebody without scopes', async () =>
    expect(await ask(query, 'u')).toEqual({ data: { open: 'o', mine: 'm', staff: null }, codes: ['staff FORBIDDEN'] }))
  test('half of a set of scopes is none of it', async () =>
    expect((await ask(query, 'u', ['b:read'])).codes).toEqual(['staff FORBIDDEN']))
  test.each([[['a:read']], [['b:read', 'c:read']]])('%j is enough', async (scopes) =>
    expect((await ask(query, 'u', scopes)).codes).toEqual([]),
  )
})

describe('an entity reached through _entities', () => {
  const query =
    '{ _entities(representations: [{ __typename: "Note", id: "u" }, { __typename: "Note", id: "v" }]) { ... on Note { text } } }'
  test('is shown to its owner, and the one beside it is not', async () =>
    expect(await ask(query, 'u')).toEqual({
      data: { _entities: [{ text: 'text of u' }, { text: null }] },
      codes: ['_entities.1.text FORBIDDEN'],
    }))
  test('is not shown to a guest', async () =>
    expect(await ask(query, null)).toMatchObject({
      codes: ['_entities.0.text UNAUTHENTICATED', '_entities.1.text UNAUTHENTICATED'],
    }))
  test('a rule of the type and one of the field must both hold', async () => {
    const secret = query.replace('text', 'secret')
    expect(await ask(secret, 'u')).toMatchObject({
      codes: ['_entities.0.secret FORBIDDEN', '_entities.1.secret FORBIDDEN'],
    })
    expect(await ask(secret, 'u', ['a:read'])).toMatchObject({
      data: { _entities: [{ secret: 'x' }, { secret: null }] },
    })
  })
})

test('a root field with neither a rule nor @public, and a rule for nothing, are mistakes', () => {
  const bare = parse(print(typeDefs).replace('open: String @public(reason: "It says nothing.")', 'open: String'))
  expect(() => schemaOf(bare, permissions)).toThrow('Query.open has neither a permission nor @public')
  expect(() => schemaOf(typeDefs, { 'Note.txt': ownNotes })).toThrow('permissions name what the schema lacks: Note.txt')
})
