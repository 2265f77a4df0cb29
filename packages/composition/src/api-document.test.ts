import { fileURLToPath } from 'node:url'
import { Supergraph } from '@apollo/federation-internals'
import { buildASTSchema, lexicographicSortSchema, parse, print, printSchema } from 'graphql'
import { expect, test } from 'vitest'
import { apiDocument } from './api-document.ts'
import { composeSupergraph } from './compose-supergraph.ts'
import { withoutPermissions } from './without-permissions.ts'

const { supergraphSdl } = composeSupergraph(fileURLToPath(new URL('../../../supergraph.yaml', import.meta.url)))

test("the API of our supergraph is what Apollo's own library makes of it", () => {
  const ours = buildASTSchema(apiDocument(supergraphSdl))
  const theirs = Supergraph.build(withoutPermissions(supergraphSdl)).apiSchema().toGraphQLJSSchema()
  expect(printSchema(lexicographicSortSchema(ours))).toBe(printSchema(lexicographicSortSchema(theirs)))
})

test('what is inaccessible is left out, and what is deprecated stays so; of other directives those that are asked for', () => {
  const sdl = `
    schema @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query }
    directive @tag(name: String!) repeatable on FIELD_DEFINITION
    enum join__Graph { A @join__graph(name: "a", url: "") }
    type Query @join__type(graph: A) {
      open(with: Choice, hidden: Int @inaccessible): Int @tag(name: "a") @join__field(graph: A)
      old: Int @deprecated(reason: "Ask for open.")
      hidden: Secret @inaccessible
    }
    enum Choice { A B @inaccessible }
    type Secret @inaccessible { code: Int }
  `
  const api = (tag: string) =>
    print(
      parse(`
        schema { query: Query }
        type Query { open(with: Choice): Int ${tag} old: Int @deprecated(reason: "Ask for open.") }
        enum Choice { A }
      `),
    )
  expect(print(apiDocument(sdl))).toBe(api(''))
  expect(print(apiDocument(sdl, ['tag']))).toBe(api('@tag(name: "a")'))
})
