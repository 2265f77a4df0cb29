import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LoneGateway, startLoneGateway } from '../src/lone-gateway.ts'

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** A subgraph that tells all: what it runs on, what it asked its database, where in its code it failed. */
let subgraph: Server
let gateway: LoneGateway
beforeAll(async () => {
  subgraph = createServer((_request, response) => {
    const message = 'connect ECONNREFUSED 10.0.0.7:5432: select password_hash from user_account'
    const extensions = {
      code: 'P1001',
      stacktrace: ['Error', '    at find (/srv/users/find.ts:12:3)'],
      host: '10.0.0.7',
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ errors: [{ message, extensions }] }))
  }).listen(0, '127.0.0.1')
  await once(subgraph, 'listening')
  gateway = await startLoneGateway(`http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`)
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  subgraph.closeAllConnections()
  subgraph.close()
})

async function send(init: RequestInit, search = '') {
  const response = await fetch(`${gateway.url}${search}`, init)
  const text = await response.text()
  return { status: response.status, requestId: response.headers.get('x-request-id'), json: JSON.parse(text), text }
}
const json = { 'content-type': 'application/json' }
const ask = (query: string) => send({ method: 'POST', headers: json, body: JSON.stringify({ query }) })

test('what a subgraph tells of itself becomes one sentence, with the id under which it is in the logs', async () => {
  const { json: answer, requestId, text } = await ask('{ categories { name } }')
  expect(requestId).toMatch(uuid)
  expect(answer).toMatchObject({
    data: { categories: null },
    errors: [
      {
        message: 'Something went wrong on our side.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'products', requestId },
      },
    ],
  })
  expect(text).not.toMatch(/10\.0\.0\.7|select|find|stack|srv|P1001/)
})

test('an error that says what its client can do has no request id', async () => {
  const { json: answer } = await ask('{ nonsense }')
  expect(answer).toEqual({
    errors: [
      {
        message: 'Cannot query field "nonsense" on type "Query".',
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ],
  })
})

describe('names that come close are not told', () => {
  test.each([
    ['a field', '{ categoriess { name } }', 'Cannot query field "categoriess" on type "Query".'],
    ['an argument', '{ products(frst: 1) { totalCount } }', 'Unknown argument "frst" on field "Query.products".'],
    ['a type', '{ node(id: "x") { ... on Prodct { id } } }', 'Unknown type "Prodct".'],
    [
      'an enum value',
      '{ products(sort: NEWST) { totalCount } }',
      'Value "NEWST" does not exist in "ProductSort" enum.',
    ],
  ])('%s', async (_, query, message) => {
    const { json: answer } = await ask(query)
    expect((answer as { errors: { message: string }[] }).errors.map((error) => error.message)).toEqual([message])
  })

  test('nor with a variable', async () => {
    const body = { query: 'query ($s: ProductSort!) { products(sort: $s) { totalCount } }', variables: { s: 'NEWST' } }
    const { json: answer, status } = await send({ method: 'POST', headers: json, body: JSON.stringify(body) })
    expect(status).toBe(400)
    expect((answer as { errors: { message: string }[] }).errors.map((error) => error.message)).toEqual([
      'Variable "$s" got invalid value "NEWST"; Value "NEWST" does not exist in "ProductSort" enum.',
    ])
  })
})

describe('a page of another origin cannot ask in the name of who visits it', () => {
  const codeOf = async (init: RequestInit, search = '') => {
    const { status, json: answer } = await send(init, search)
    return { status, code: (answer as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code }
  }
  const search = `?${new URLSearchParams({ query: '{ __typename }' }).toString()}`

  test('a GET needs a header that makes a browser ask first', async () => {
    expect(await codeOf({}, search)).toEqual({ status: 400, code: 'BAD_REQUEST' })
    expect(await codeOf({ headers: { 'apollo-require-preflight': 'true' } }, search)).toEqual({ status: 200 })
    expect(await codeOf({ headers: json }, search)).toEqual({ status: 200 })
  })
  test('a GET changes nothing, whatever it sends', async () => {
    const mutation = `?${new URLSearchParams({ query: 'mutation { __typename }' }).toString()}`
    expect(await codeOf({ headers: json }, mutation)).toEqual({ status: 405, code: 'BAD_REQUEST' })
  })
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'a POST of %s is refused',
    async (type) => {
      const init = {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify({ query: '{ __typename }' }),
      }
      const { status, code } = await codeOf(init)
      expect({ refused: [400, 415].includes(status), code }).toEqual({ refused: true, code: 'BAD_REQUEST' })
    },
  )
  test('several operations in one body are refused', async () => {
    const body = JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }])
    expect(await codeOf({ method: 'POST', headers: json, body })).toEqual({ status: 400, code: 'BAD_REQUEST' })
  })
})

test('the cost and the plan are for developers', async () => {
  const { json: answer } = await send({
    method: 'POST',
    headers: { ...json, 'cartograph-query-plan': 'true', 'x-request-id': randomUUID() },
    body: JSON.stringify({ query: '{ __typename }' }),
  })
  expect(answer).toEqual({ data: { __typename: 'Query' } })
})
