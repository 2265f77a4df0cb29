import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { mayBeFromOwnPage } from './own-page.ts'

async function answerOf(headers: Record<string, string>, ownOrigins: string[] = []): Promise<boolean> {
  const server = Fastify()
  server.get('/', async (request) => mayBeFromOwnPage(request, ownOrigins))
  return (await server.inject({ url: '/', headers: { host: 'shop.example', ...headers } })).json<boolean>()
}

test.each<[Record<string, string>, boolean]>([
  [{}, true],
  [{ origin: 'https://shop.example' }, true],
  [{ origin: 'https://shop.example', 'sec-fetch-site': 'same-origin' }, true],
  [{ origin: 'https://shop.example:8443' }, false],
  [{ origin: 'https://www.shop.example' }, false],
  [{ origin: 'https://shop.example.stranger.example' }, false],
  [{ origin: 'null' }, false],
  [{ origin: '' }, false],
  [{ origin: 'https://shop.example', 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'cross-site' }, false],
  [{ 'sec-fetch-site': 'none' }, false],
  [{ 'sec-fetch-site': '' }, false],
])('at shop.example, %j may be a page of ours: %s', async (headers, own) => {
  expect(await answerOf(headers)).toBe(own)
})

test('where origins are listed they count alone, scheme and all, and the host does not', async () => {
  const listed = ['https://shop.example']
  expect(await answerOf({ origin: 'https://shop.example', host: 'gateway.internal' }, listed)).toBe(true)
  expect(await answerOf({ origin: 'http://shop.example' }, listed)).toBe(false)
  expect(await answerOf({ origin: 'https://gateway.internal', host: 'gateway.internal' }, listed)).toBe(false)
})
