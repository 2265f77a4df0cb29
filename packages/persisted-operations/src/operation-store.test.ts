import { expect, test } from 'vitest'
import { documentIdOf } from './document-id.ts'
import { OperationStore } from './operation-store.ts'

const operation = (id: string, body: string) => ({ id, name: 'Hello', type: 'query' as const, body })
const body = 'query Hello { hello }'

test('an id by content is found as GraphQL over HTTP and as Apollo write it, whichever its manifest has', () => {
  const written = documentIdOf(body)
  const digits = written.slice('sha256:'.length)
  for (const id of [written, digits]) {
    const store = new OperationStore([operation(id, body)])
    expect([store.find(written)?.body, store.find(digits)?.body, store.find('other')]).toEqual([body, body, undefined])
  }
})

test('manifests may share an operation, and no id may mean two', () => {
  expect(new OperationStore([operation('a', body), operation('a', body)]).size).toBe(1)
  expect(() => new OperationStore([operation('a', body), operation('a', `${body} `)])).toThrow(
    'The id a is that of Hello and of Hello.',
  )
})
