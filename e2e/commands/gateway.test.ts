import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { afterAll, expect, test } from 'vitest'
import { runCommandLine } from '../src/command.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'gateway-command-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fileWith = (name: string, text: string) => {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

const federation = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`
const supergraphOf = (schema: string) =>
  composeServices([{ name: 'things', url: 'http://127.0.0.1:9/graphql', typeDefs: parse(schema) }]).supergraphSdl!

test('a supergraph file is served, and what it restricts is refused to everybody', { timeout: 60_000 }, async () => {
  const schema = `${federation('"@authenticated"')} type Query { open: Int mine: Int @authenticated }`
  const file = fileWith('supergraph.graphql', supergraphOf(schema))
  const gateway = runCommandLine(['gateway', '--supergraph', file, '--port', '0'])
  const [, url] = await gateway.untilOutput(/is served at (http:\S+)\/graphql/)
  const health = await fetch(`${url}/health`)
  expect([health.status, await health.json()]).toEqual([200, { status: 'ready' }])
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename open mine }' }),
  })
  const { data, errors } = (await answer.json()) as { data: unknown; errors: { path?: string[]; extensions: object }[] }
  expect(data).toEqual({ __typename: 'Query', open: null, mine: null })
  expect(errors.map(({ extensions }) => extensions)).toEqual([
    { code: 'SUBGRAPH_UNAVAILABLE', service: 'things' },
    { code: 'UNAUTHENTICATED' },
  ])
  gateway.child.kill('SIGTERM')
  expect(await gateway.ended).toBe(0)
})

test.each([
  ['no GraphQL', '# Notes', 'cannot be served: Syntax Error: Unexpected <EOF>.'],
  [
    'a schema that is not composed',
    'type Query { a: Int }',
    'it names no subgraphs in a join__Graph. Compose them first',
  ],
  [
    'a supergraph with what @apollo/gateway does not know',
    supergraphOf(
      `${federation('"@key", "@context", "@fromContext"')}
      type Query { a: A } type A @key(fields: "id") @context(name: "c") { id: ID! name: String b: B }
      type B @key(fields: "id") { id: ID! c(name: String @fromContext(field: "$c { name }")): Int }`,
    ),
    'Context "c" is used',
  ],
])('%s is refused with the reason', { timeout: 60_000 }, async (_, text, reason) => {
  const file = fileWith('refused.graphql', text)
  const gateway = runCommandLine(['gateway', '--supergraph', file, '--port', '0'])
  expect(await gateway.ended).toBe(1)
  expect(gateway.output()).toContain(`${file} cannot be served: `)
  expect(gateway.output()).toContain(reason)
  expect(gateway.output()).not.toContain('node_modules')
})

test.each([
  [[], '--supergraph is missing.'],
  [['--supergraph', 'nowhere.graphql'], '--supergraph: there is no file'],
  [['--supergraph', 'package.json', '--port', '65536'], '--port takes a whole number up to 65535, not "65536".'],
])('%j is refused', { timeout: 60_000 }, async (args, complaint) => {
  const gateway = runCommandLine(['gateway', ...args])
  expect(await gateway.ended).toBe(1)
  expect(gateway.output()).toContain(complaint)
})
