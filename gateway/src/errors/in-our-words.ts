import type { GraphQLFormattedError } from 'graphql'

/** What Apollo Server says in words of its own, by how it begins, and what the gateway says instead. */
const words: readonly (readonly [string, string])[] = [
  ['GraphQL introspection is not allowed', 'What the schema holds is not told here.'],
  [
    'This operation has been blocked as a potential Cross-Site Request Forgery',
    'Send the operation as application/json, as no page of another origin can without asking first.',
  ],
  [
    'POST body missing, invalid Content-Type',
    'There is no operation in the body: send it as application/json, with a query.',
  ],
]

/** `error` without the name of the library that found it, which tells strangers what to look for. */
export function inOurWords(error: GraphQLFormattedError): GraphQLFormattedError {
  const found = words.find(([beginning]) => error.message.startsWith(beginning))
  if (found) return { ...error, message: found[1] }
  return /apollo/i.test(error.message)
    ? { ...error, message: 'The request is not a GraphQL request over HTTP.' }
    : error
}
