import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, errorCodes, guest, type SubgraphUnderTest, user, uuidOf } from '@cartograph/test-kit'
import { scopesOfRoles, serviceClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { cornerShop, lamp, sugar, tea } from './some-shop.ts'

let shop: SubgraphUnderTest

beforeAll(async () => {
  shop = await recommendationsUnderTest()
  await loadShop(shop, cornerShop)
})
afterAll(() => shop.stop())

const owner = uuidOf('user', 2)
const productId = (number: number) => toGlobalId('Product', uuidOf('product', number))
const recommendations = {
  edges: [
    { node: { id: productId(sugar) }, reason: { code: 'BECAUSE_YOU_BOUGHT' } },
    { node: { id: productId(lamp) }, reason: { code: 'TRENDING' } },
  ],
}
// Tea and the kettle were bought twice, and tea is what most others buy.
const buyAgain = { edges: [{ node: { id: productId(tea) }, reason: { code: 'BUY_AGAIN' } }] }

describe.each([
  ['the user', user(owner), null],
  ['another user', user(uuidOf('user', 3)), 'FORBIDDEN'],
  ['an administrator', user(uuidOf('user', 9), scopesOfRoles(['ADMIN', 'SUPPORT'])), 'FORBIDDEN'],
  ['a service', serviceClaims('carts', 'test'), 'FORBIDDEN'],
  ['a service of that name', serviceClaims(owner, 'test'), 'FORBIDDEN'],
  ['a guest', guest(), 'UNAUTHENTICATED'],
])('%s', (_name, viewer, refusal) => {
  const query = entitiesQuery(
    `... on User {
      id
      recommendations { edges { node { id } reason { code } } }
      buyAgain(first: 1) { edges { node { id } reason { code } } }
    }`,
  )

  test(`${refusal === null ? 'sees' : 'does not see'} the recommendations and what is bought again`, async () => {
    const id = toGlobalId('User', owner)
    const answer = await shop.ask(viewer, query, { of: [{ __typename: 'User', id }] })
    const lists = refusal === null ? { recommendations, buyAgain } : { recommendations: null, buyAgain: null }
    expect(answer.data).toEqual({ _entities: [{ id, ...lists }] })
    expect(errorCodes(answer)).toEqual(refusal === null ? undefined : [refusal, refusal])
  })

  test('does not see those of a damaged id', async () => {
    const answer = await shop.ask(viewer, query, { of: [{ __typename: 'User', id: 'user_damaged' }] })
    expect(answer.data).toEqual({ _entities: [{ id: 'user_damaged', recommendations: null, buyAgain: null }] })
    expect(errorCodes(answer)).toEqual([refusal ?? 'FORBIDDEN', refusal ?? 'FORBIDDEN'])
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
