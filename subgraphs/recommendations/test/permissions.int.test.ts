import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, errorCodes, guest, type SubgraphUnderTest, user, uuidOf } from '@cartograph/test-kit'
import { scopesOfRoles, serviceClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { cornerShop, sugar, tea } from './some-shop.ts'

let shop: SubgraphUnderTest

beforeAll(async () => {
  shop = await recommendationsUnderTest()
  await loadShop(shop, cornerShop)
})
afterAll(() => shop.stop())

const owner = uuidOf('user', 2)
const productId = (number: number) => toGlobalId('Product', uuidOf('product', number))
const recommendations = { edges: [{ node: { id: productId(sugar) }, reason: { becauseOf: { id: productId(tea) } } }] }

describe.each([
  ['the user', user(owner), null],
  ['another user', user(uuidOf('user', 3)), 'FORBIDDEN'],
  ['an administrator', user(uuidOf('user', 9), scopesOfRoles(['ADMIN', 'SUPPORT'])), 'FORBIDDEN'],
  ['a service', serviceClaims('carts', 'test'), 'FORBIDDEN'],
  ['a service of that name', serviceClaims(owner, 'test'), 'FORBIDDEN'],
  ['a guest', guest(), 'UNAUTHENTICATED'],
])('%s', (_name, viewer, refusal) => {
  const query = entitiesQuery(
    '... on User { id recommendations { edges { node { id } reason { becauseOf { id } } } } }',
  )

  test(`${refusal === null ? 'sees' : 'does not see'} the recommendations`, async () => {
    const id = toGlobalId('User', owner)
    const answer = await shop.ask(viewer, query, { of: [{ __typename: 'User', id }] })
    expect(answer.data).toEqual({ _entities: [{ id, recommendations: refusal === null ? recommendations : null }] })
    expect(errorCodes(answer)).toEqual(refusal === null ? undefined : [refusal])
  })

  test('does not see those of a damaged id', async () => {
    const answer = await shop.ask(viewer, query, { of: [{ __typename: 'User', id: 'user_damaged' }] })
    expect(answer.data).toEqual({ _entities: [{ id: 'user_damaged', recommendations: null }] })
    expect(errorCodes(answer)).toEqual([refusal ?? 'FORBIDDEN'])
  })

  test('sees what is trending and what goes with a product', async () => {
    const of = [{ __typename: 'Product', id: productId(tea) }]
    const query2 = entitiesQuery('... on Product { similar(first: 1) { edges { reason { code } } } }')
    expect(await shop.ask(viewer, query2, { of })).toEqual({
      data: { _entities: [{ similar: { edges: [{ reason: { code: 'SIMILAR_ITEM' } }] } }] },
    })
    expect(await shop.ask(viewer, '{ trending(first: 1) { edges { node { id } } } }')).toEqual({
      data: { trending: { edges: [{ node: { id: productId(sugar) } }] } },
    })
  })
})

test('an unsigned request is refused, whatever it asks for', async () => {
  for (const query of ['{ trending { edges { score } } }', '{ _service { sdl } }']) {
    expect(await shop.askUnsigned(query)).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'UNSIGNED_REQUEST' } }] },
    })
  }
})
