import { expect, test } from 'vitest'
import { documentIdOf } from './document-id.ts'
import { ManifestError, readManifest } from './manifest.ts'

const hello = 'query Hello { hello }'
const greet = 'mutation Greet { greet }'

function problemsOf(manifest: unknown): readonly string[] {
  try {
    readManifest(manifest)
  } catch (error) {
    if (error instanceof ManifestError) return error.problems
    throw error
  }
  throw new Error('It was taken.')
}

test("Apollo's format and an object of bodies by id say the same", () => {
  const operations = [
    { id: 'a', name: 'Hello', type: 'query', body: hello },
    { id: documentIdOf(greet), name: 'Greet', type: 'mutation', body: greet },
  ]
  expect(readManifest({ format: 'apollo-persisted-query-manifest', version: 1, operations })).toEqual(operations)
  expect(readManifest({ a: hello, [documentIdOf(greet)]: greet })).toEqual(operations)
  expect(readManifest({})).toEqual([])
})

test('an id by content is that of the content', () => {
  expect(documentIdOf(hello)).toBe('sha256:3f710a83decac3d21ddeae7bd265d8c5a48749226d23327b5dfd7031f406a987')
  expect(problemsOf({ [documentIdOf(greet)]: hello })).toEqual([
    `${documentIdOf(greet)}: it is not the hash of its body.`,
  ])
})

test('everything that is wrong is said at once', () => {
  expect(
    problemsOf({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [
        { id: 'a', name: 'Hallo', type: 'mutation', body: hello },
        { id: 'b', body: '{ hello }' },
        { id: 'c', body: `${hello} ${greet}` },
        { id: 'd', body: 'subscription On { on }' },
        { id: 'e', body: 'query {' },
        { id: '', body: hello },
        { id: 'f' },
        null,
        { id: 'g', body: hello },
        { id: 'g', body: hello },
      ],
    }),
  ).toEqual([
    'a: it is called Hello, not "Hallo".',
    'a: it is a query, not "mutation".',
    'b: its body does not hold exactly one operation, with a name.',
    'c: its body does not hold exactly one operation, with a name.',
    'd: it is a subscription, and there are none.',
    'e: its body is not GraphQL: Syntax Error: Expected Name, found <EOF>.',
    'An operation has no id of up to 200 characters, or no body.',
    'An operation has no id of up to 200 characters, or no body.',
    'An operation has no id of up to 200 characters, or no body.',
    'g is there twice.',
  ])
})

test.each([null, [], 'text', 1])('%j is no manifest', (manifest) => {
  expect(problemsOf(manifest)).toEqual(['It is not a JSON object.'])
})

test('a format of tomorrow is refused', () => {
  expect(problemsOf({ format: 'apollo-persisted-query-manifest', version: 2, operations: [] })).toEqual([
    'Its format is not apollo-persisted-query-manifest, version 1.',
  ])
})
