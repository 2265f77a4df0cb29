import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CompiledGateway, type SubgraphAnswer, type SubgraphRequest } from './index.ts'

const key = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])'
const supergraphSdl = composeServices([
  {
    name: 'a',
    url: 'http://a',
    typeDefs: parse(`${key} type Query { left: T right: T } type T @key(fields: "id") { id: ID! }`),
  },
  {
    name: 'slow',
    url: 'http://slow',
    typeDefs: parse(`${key} type Query { late: T } type T @key(fields: "id") { id: ID! }`),
  },
  {
    name: 'b',
    url: 'http://b',
    typeDefs: parse(`${key} type T @key(fields: "id") { id: ID! name: String size: Int }`),
  },
]).supergraphSdl!

const sent: { service: string; entities: number; answer: (answer: SubgraphAnswer) => void }[] = []
const gateway = new CompiledGateway({
  supergraphSdl,
  transport: {
    send: ({ service, entities }: SubgraphRequest) =>
      new Promise((answer) => void sent.push({ service, entities, answer })),
  },
})
const { executor } = await gateway.load()

function run(source: string) {
  const document = parse(source)
  const operation = document.definitions[0]
  const request = { schema: gateway.schema!, document, operation, operationName: null, queryHash: source, request: {} }
  return executor(request as Parameters<typeof executor>[0])
}
const flushed = () => vi.advanceTimersByTimeAsync(0)
beforeEach(() => {
  sent.length = 0
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test('fetches of two branches wait for each other, and what they both want is asked for once', async () => {
  const answer = run('{ left { name } late { name } }')
  await flushed()
  expect(sent.map(({ service }) => service)).toEqual(['a', 'slow'])
  sent[0]!.answer({ data: { left: { __typename: 'T', id: '1' } } })
  await vi.advanceTimersByTimeAsync(9)
  expect(sent).toHaveLength(2)
  sent[1]!.answer({ data: { late: { __typename: 'T', id: '1' } } })
  await flushed()
  expect(sent.slice(2).map(({ service, entities }) => [service, entities])).toEqual([['b', 1]])
  sent[2]!.answer({ data: { _entities: [{ name: 'n' }] } })
  expect(JSON.stringify(await answer)).toBe('{"data":{"left":{"name":"n"},"late":{"name":"n"}}}')
})

test('but not for longer than ten milliseconds', async () => {
  const answer = run('{ left { name } late { name } }')
  await flushed()
  sent[0]!.answer({ data: { left: { __typename: 'T', id: '1' } } })
  await vi.advanceTimersByTimeAsync(10)
  expect(sent.map(({ service }) => service)).toEqual(['a', 'slow', 'b'])
  sent[2]!.answer({ data: { _entities: [{ name: 'n' }] } })
  sent[1]!.answer({ data: { late: { __typename: 'T', id: '2' } } })
  await flushed()
  expect(sent.map(({ service }) => service)).toEqual(['a', 'slow', 'b', 'b'])
  sent[3]!.answer({ data: { _entities: [{ name: 'm' }] } })
  expect(JSON.stringify(await answer)).toBe('{"data":{"left":{"name":"n"},"late":{"name":"m"}}}')
})

test('one that turns out to want nothing keeps nobody waiting', async () => {
  const answer = run('{ left { name } late { name } }')
  await flushed()
  sent[0]!.answer({ data: { left: { __typename: 'T', id: '1' } } })
  sent[1]!.answer({ data: { late: null } })
  await flushed()
  expect(sent).toHaveLength(3)
  sent[2]!.answer({ data: { _entities: [null] } })
  expect(JSON.stringify(await answer)).toBe('{"data":{"left":{"name":null},"late":null}}')
})

test('when what was merged fails as a whole, each part is asked for alone', async () => {
  const answer = run('{ left { name } late { size } }')
  await flushed()
  sent[0]!.answer({ data: { left: { __typename: 'T', id: '1' } } })
  sent[1]!.answer({ data: { late: { __typename: 'T', id: '2' } } })
  await flushed()
  expect(sent.slice(2).map(({ entities }) => entities)).toEqual([2])
  sent[2]!.answer({ data: null, errors: [{ message: 'no', path: ['_entities_0'] }] })
  await flushed()
  expect(sent.slice(3).map(({ entities }) => entities)).toEqual([1, 1])
  sent[3]!.answer({ data: null, errors: [{ message: 'no', path: ['_entities'] }] })
  sent[4]!.answer({ data: { _entities: [{ size: 5 }] } })
  const { data, errors } = await answer
  expect(JSON.stringify(data)).toBe('{"left":{"name":null},"late":{"size":5}}')
  expect(errors?.map(({ message, path, extensions }) => ({ message, path, extensions }))).toEqual([
    { message: 'no', path: undefined, extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', service: 'b' } },
  ])
})
