import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { apiFile } from '@cartograph/code-generation'
import { buildSchema, parse, validate } from 'graphql'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { liveClientsOfEnvironment } from '../src/index.ts'
import * as documents from '../src/shop/documents.ts'
import { openShop } from '../src/shop/open-shop.ts'
import { root } from './root.ts'
import { type ShopUnderTest, startShopUnderTest } from './shop-under-test.ts'

let shop: ShopUnderTest
beforeEach(async () => {
  shop = await startShopUnderTest()
})
afterEach(() => shop[Symbol.asyncDispose]())

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'nothing',
    ({ message }: Error) => message,
  )
const askNames = async (environment: object) => {
  await using open = await openShop(shop.url, environment)
  return await open.ask(documents.partnerNames)
}

test.each(Object.entries(documents))('%s is an operation of the API', (_, document) => {
  const api = buildSchema(readFileSync(`${root}/${apiFile}`, 'utf8'))
  expect(validate(api, parse(document))).toEqual([])
})

describe('who asks', () => {
  test('is the holder of a token, who signs in nowhere', async () => {
    await askNames({ CARTOGRAPH_TOKEN: 'given', CARTOGRAPH_EMAIL: 'ignored' })
    expect(shop.requests.map(({ name, headers }) => [name, headers.authorization])).toEqual([
      ['PartnerNames', 'Bearer given'],
    ])
  })

  test('is who the environment names, or on this machine the administrator of the demo shop', async () => {
    await askNames({ CARTOGRAPH_EMAIL: 'admin@example.com', CARTOGRAPH_PASSWORD: 'cartograph-demo' })
    await askNames({ CARTOGRAPH_TOKEN: '', CARTOGRAPH_EMAIL: '' })
    expect(shop.requests.map(({ name, headers }) => [name, headers.authorization])).toEqual([
      ['PartnerCommandSignIn', undefined],
      ['PartnerNames', 'Bearer demo'],
      ['PartnerCommandSignOut', undefined],
      ['PartnerCommandSignIn', undefined],
      ['PartnerNames', 'Bearer demo'],
      ['PartnerCommandSignOut', undefined],
    ])
  })

  const who = 'set CARTOGRAPH_TOKEN, or CARTOGRAPH_EMAIL and CARTOGRAPH_PASSWORD.'
  test.each([
    [{ CARTOGRAPH_TOKEN: 'stale' }, `The shop does not know who asks (The token is not valid.): ${who}`],
    [{ CARTOGRAPH_EMAIL: 'admin@example.com' }, `CARTOGRAPH_PASSWORD is missing: ${who}`],
    [{ CARTOGRAPH_PASSWORD: 'x' }, `CARTOGRAPH_EMAIL is missing: ${who}`],
    [
      { CARTOGRAPH_EMAIL: 'ada@example.com', CARTOGRAPH_PASSWORD: 'x' },
      `ada@example.com is not let in (No account has these.): ${who}`,
    ],
  ])('%j is a sentence that says what to set', async (environment, sentence) => {
    expect(await failureOf(askNames(environment))).toBe(sentence)
  })

  test('has to be named for a shop elsewhere: no password is tried there', async () => {
    expect(await failureOf(openShop('https://shop.example/graphql', {}))).toBe(
      `Nobody is named who asks https://shop.example/graphql: ${who}`,
    )
  })
})

describe('where there is no shop', () => {
  test.each(['shop', 'ftp://127.0.0.1/graphql'])('%s is no address of one', async (url) => {
    expect(await failureOf(openShop(url, {}))).toBe(
      `--url takes the address of a shop like http://127.0.0.1:4000/graphql, not "${url}".`,
    )
  })

  test('what answers something else, or not at all, is said', async () => {
    const server = createServer((_, response) => response.writeHead(502).end('Bad gateway')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
    expect(await failureOf(openShop(url, {}))).toBe(`${url} answered 502, and no GraphQL: is it the address of a shop?`)
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
    expect(await failureOf(openShop(url, {}))).toBe(
      `There is no answer from ${url} (ECONNREFUSED): start a shop with pnpm start, or say where it is with --url.`,
    )
  })
})

test('partners of a shop are read for checks where the environment names both the shop and who asks', async () => {
  expect(await liveClientsOfEnvironment({ CARTOGRAPH_URL: shop.url })).toBeNull()
  expect(await liveClientsOfEnvironment({ CARTOGRAPH_TOKEN: 'given' })).toBeNull()
  expect(shop.requests).toEqual([])
  expect(await liveClientsOfEnvironment({ CARTOGRAPH_URL: shop.url, CARTOGRAPH_TOKEN: 'given' })).toEqual([])
  expect(shop.requests).toHaveLength(1)
})
