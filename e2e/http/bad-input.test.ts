import { beforeAll, describe, expect, inject, test } from 'vitest'
import { ask } from '../src/shop-client.ts'

const { url } = inject('sharedShop')

/** Nothing of ours may show in an answer: no stack, no SQL, no path, no host. */
const leaks = /\bat .+:\d+:\d+|node_modules|\.ts\b|select |insert |prisma|postgres|127\.0\.0\.1|ECONN/i

let cart: { id: string; token: string }
let variantId: string
let productId: string

beforeAll(async () => {
  const { data } = await ask<{ cartCreate: { cart: { id: string }; cartToken: string } }>(
    url,
    'mutation { cartCreate { cart { id } cartToken } }',
  )
  cart = { id: data.cartCreate.cart.id, token: data.cartCreate.cartToken }
  const listing = await ask<{ products: { edges: { node: { id: string; variants: { id: string }[] } }[] } }>(
    url,
    '{ products(first: 1) { edges { node { id variants { id } } } } }',
  )
  productId = listing.data.products.edges[0]!.node.id
  variantId = listing.data.products.edges[0]!.node.variants[0]!.id
})

async function post(body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) {
  const response = await fetch(url, { method: 'POST', headers, body })
  const text = await response.text()
  expect(text).not.toMatch(leaks)
  return {
    status: response.status,
    code: (JSON.parse(text) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code,
  }
}

describe('what is no GraphQL request', () => {
  test('not JSON', async () => expect(await post('{"query": ')).toEqual({ status: 400, code: 'BAD_REQUEST' }))
  test('an empty body', async () => expect(await post('')).toEqual({ status: 400, code: 'BAD_REQUEST' }))
  test('JSON that is no object', async () => expect(await post('[1]')).toEqual({ status: 400, code: 'BAD_REQUEST' }))
  test('no query', async () => expect(await post('{}')).toEqual({ status: 400, code: 'BAD_REQUEST' }))
  test('another content type', async () =>
    expect(await post('query=1', { 'content-type': 'application/x-www-form-urlencoded' })).toEqual({
      status: 415,
      code: 'BAD_REQUEST',
    }))
  test('10 MB', async () =>
    expect(await post(JSON.stringify({ query: '{ __typename }', variables: { x: 'y'.repeat(10_000_000) } }))).toEqual({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    }))
  test('another path', async () => {
    const response = await fetch(new URL('/nothing', url))
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })
})

describe('what the schema does not allow', () => {
  const refused = async (
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) => {
    const { status, errors, text } = await ask(url, query, variables, headers)
    expect(text).not.toMatch(leaks)
    return { status, code: errors?.[0]?.extensions['code'] }
  }

  test('a document that is not GraphQL', async () =>
    expect(await refused('{ products(')).toEqual({ status: 400, code: 'GRAPHQL_PARSE_FAILED' }))
  test('an unknown field', async () =>
    expect(await refused('{ nonsense }')).toEqual({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' }))
  test('a wrong type', async () =>
    expect(await refused('{ products(first: "many") { totalCount } }')).toEqual({
      status: 400,
      code: 'GRAPHQL_VALIDATION_FAILED',
    }))
  test('a wrong variable', async () =>
    expect(await refused('query ($n: Int) { products(first: $n) { totalCount } }', { n: 'many' })).toEqual({
      status: 400,
      code: 'BAD_USER_INPUT',
    }))
  test.each([
    [
      'an unknown operation name',
      { query: 'query a { __typename }', operationName: 'x' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'several operations and none named',
      { query: 'query a { __typename } query b { __typename }' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a subscription', { query: 'subscription { x }' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['a persisted query that is none', { query: '{ __typename }', extensions: { persistedQuery: 1 } }, 'BAD_REQUEST'],
    [
      'a hash of another query',
      { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
      'BAD_REQUEST',
    ],
    ['more tokens than any page needs', { query: `{ ${'a '.repeat(5_000)}}` }, 'GRAPHQL_PARSE_FAILED'],
    ['lists in lists without end', { query: `{ products(first: ${'['.repeat(50_000)}) }` }, 'BAD_REQUEST'],
    [
      'more levels than any page needs',
      { query: `{ products { edges { node ${'{ variants { product '.repeat(6)} { id } ${'} }'.repeat(6)} } } }` },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'more than a page can cost',
      { query: '{ products(first: 100) { edges { node { similar(first: 100) { edges { node { id } } } } } } }' },
      'COST_ESTIMATED_TOO_EXPENSIVE',
    ],
    [
      'one variable of many values',
      { query: '{ __typename }', variables: { ids: Array.from({ length: 10_000 }, () => 'x') } },
      'BAD_USER_INPUT',
    ],
  ])('%s', async (_, body, code) => expect(await post(JSON.stringify(body))).toEqual({ status: 400, code }))
  test('variables nested without end', async () => {
    const body = `{"query":"{ __typename }","variables":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}`
    expect(await post(body)).toEqual({ status: 400, code: 'BAD_USER_INPUT' })
  })
  test('a quantity of 10^12', async () =>
    expect(
      await refused(
        'mutation ($c: ID!, $v: ID!, $q: Int!) { cartLinesAdd(cartId: $c, lines: [{ variantId: $v, quantity: $q }]) { cart { id } } }',
        {
          c: cart.id,
          v: variantId,
          q: 1e12,
        },
      ),
    ).toEqual({ status: 400, code: 'BAD_USER_INPUT' }))
})

describe('what a field refuses', () => {
  const refused = async (query: string, variables: Record<string, unknown> = {}) => {
    const { status, errors, text } = await ask(url, query, variables)
    expect(text).not.toMatch(leaks)
    return { status, codes: errors?.map((error) => error.extensions['code']) }
  }

  test.each([
    ['an id that is none', 'not-an-id'],
    ['an empty id', ''],
    ['an id with SQL in it', `prod_'; drop table product; --`],
    ['200,000 characters of id', 'x'.repeat(200_000)],
  ])('%s', async (_, id) => {
    expect(await refused('query ($id: ID!) { product(id: $id) { title } }', { id })).toEqual({
      status: 200,
      codes: ['INVALID_ID'],
    })
  })
  test('an id of another type', async () => {
    expect(await refused('query ($id: ID!) { product(id: $id) { title } }', { id: variantId })).toEqual({
      status: 200,
      codes: ['INVALID_ID'],
    })
    expect(await refused('query ($id: ID!) { category(id: $id) { name } }', { id: productId })).toEqual({
      status: 200,
      codes: ['INVALID_ID'],
    })
  })
  test('a page of none, of too many, and from both ends', async () => {
    for (const page of [
      'first: 0',
      'first: -1',
      'first: 101',
      'first: 100000000',
      'first: 1, last: 1',
      'last: 2, after: "x"',
    ]) {
      expect(await refused(`{ products(${page}) { pageInfo { hasNextPage } } }`)).toEqual({
        status: 200,
        codes: ['INVALID_PAGE'],
      })
    }
  })
  test('a cursor from another list, a damaged one, and a forged one', async () => {
    const { data } = await ask<{ products: { pageInfo: { endCursor: string } } }>(
      url,
      '{ products(first: 2, sort: NEWEST) { pageInfo { endCursor } } }',
    )
    const cursor = data.products.pageInfo.endCursor
    const [mark] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string]
    const forged = Buffer.from(JSON.stringify([mark, 'now()', "' or 1=1"])).toString('base64url')
    expect(
      await refused('query ($c: String) { products(after: $c, sort: PRICE_ASC) { totalCount } }', { c: cursor }),
    ).toEqual({ status: 200, codes: ['INVALID_CURSOR'] })
    for (const after of ['x', '', forged, cursor.slice(0, -4)]) {
      expect(
        await refused('query ($c: String) { products(after: $c, sort: NEWEST) { totalCount } }', { c: after }),
      ).toEqual({ status: 200, codes: ['INVALID_CURSOR'] })
    }
  })
  test.each([
    ['{ productBySlug(slug: "a\\u0000") { id } }', 'BAD_USER_INPUT'],
    ['{ products(filter: { query: "a\\u0000" }) { totalCount } }', 'BAD_USER_INPUT'],
    ['mutation { sessionCreate(email: "a\\u0000", password: "x") { userErrors { code } } }', 'BAD_USER_INPUT'],
    ['{ nodes(ids: ["x"]) { id } }', 'INVALID_ID'],
  ])('what no text may hold, and no id is: %s', async (query, code) => {
    expect(await refused(query)).toEqual({ status: 200, codes: [code] })
  })
  test('an unknown slug is nothing, not an error', async () => {
    const { data, errors } = await ask(
      url,
      '{ productBySlug(slug: "no-such-thing") { title } categoryBySlug(slug: "nor-this") { name } }',
    )
    expect({ data, errors }).toEqual({ data: { productBySlug: null, categoryBySlug: null }, errors: undefined })
  })
})

describe('what a cart refuses', () => {
  const add = (variant: string, quantity: number) =>
    ask<{ cartLinesAdd: { cart: unknown; userErrors: { code: string; path: string[] }[] } }>(
      url,
      `mutation ($cart: ID!, $variant: ID!, $quantity: Int!) {
        cartLinesAdd(cartId: $cart, lines: [{ variantId: $variant, quantity: $quantity }]) { cart { id } userErrors { code path } }
      }`,
      { cart: cart.id, variant, quantity },
      { 'cart-token': cart.token },
    )
  const state = async () =>
    (
      await ask(
        url,
        'query ($id: ID!) { cart(id: $id) { version totalQuantity lines { quantity } } }',
        { id: cart.id },
        { 'cart-token': cart.token },
      )
    ).data

  test('a quantity of none, of less, and of more than a line holds; and nothing changes', async () => {
    const before = await state()
    for (const quantity of [0, -1, 10_000, 2_147_483_647]) {
      const { data, errors, text } = await add(variantId, quantity)
      expect(text).not.toMatch(leaks)
      expect(errors).toBeUndefined()
      expect(data.cartLinesAdd.cart).toBeNull()
      expect(data.cartLinesAdd.userErrors.map((error) => error.code)).toEqual(['INVALID_INPUT'])
    }
    expect(await state()).toEqual(before)
  })
  test('an id of another type; and nothing changes', async () => {
    const before = await state()
    const { errors } = await add(productId, 1)
    expect(errors?.map((error) => error.extensions['code'])).toEqual(['INVALID_ID'])
    expect(await state()).toEqual(before)
  })
})

test('a condition that is null, though it has a default', async () => {
  const query = 'query ($if: Boolean = true) { users(first: 1) @skip(if: $if) { totalCount } categories { id } }'
  const send = (text: string) => post(JSON.stringify({ query: text, variables: { if: null } }))
  expect(await send(query)).toEqual({ status: 400, code: 'BAD_USER_INPUT' })
  expect(await send('query ($if: Boolean = true) { categories @include(if: $if) { id } }')).toEqual({
    status: 400,
    code: 'BAD_USER_INPUT',
  })
})
