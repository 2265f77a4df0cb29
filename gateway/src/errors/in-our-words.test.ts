import { expect, test } from 'vitest'
import { inOurWords } from './in-our-words.ts'

const extensions = { code: 'BAD_REQUEST' }

test.each([
  [
    'GraphQL introspection is not allowed by Apollo Server, but the query contained __schema.',
    'What the schema holds is not told here.',
  ],
  ['Apollo Server supports only GET/POST requests.', 'The request is not a GraphQL request over HTTP.'],
  ['Cannot query field "a" on type "Query".', 'Cannot query field "a" on type "Query".'],
])('%s', (message, told) => {
  expect(inOurWords({ message, extensions })).toEqual({ message: told, extensions })
})
