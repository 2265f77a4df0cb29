import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { type Random, seededRandom } from '@cartograph/shop-data'
import { guestClaims, type ViewerClaims } from '@cartograph/viewer'
import type { StoredShop } from './stored-shop.ts'

/** An operation as the gateway fetches it, and for whom. */
export interface SubgraphRequest {
  readonly query: string
  readonly variables: Record<string, unknown>
  readonly viewer: ViewerClaims
}

export interface RequestKind {
  readonly name: string
  readonly perSecond: number
  readonly next: () => SubgraphRequest
}

const edges = 'edges { node { id } score reason { code becauseOf { id } } }'
const entities = (selection: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`

const recommendations = entities(`... on User { recommendations(first: 10) { ${edges} } }`)
const buyAgain = entities(`... on User { buyAgain(first: 10) { ${edges} } }`)
const similar = entities(`... on Product { similar(first: 10) { ${edges} } }`)
const suggestions = entities(`... on Cart { suggestions { ${edges} } }`)
const trending = `{ trending(first: 10) { ${edges} } }`

/** What the pages of a shop ask recommendations for, of customers and products drawn by a seed: the same at each run. */
export function requestKinds(shop: StoredShop): RequestKind[] {
  const random = seededRandom(1, 'bench of recommendations')
  const ofCustomer = (query: string) => (): SubgraphRequest => {
    const id = random.pick(shop.customerIds)
    const representations = [{ __typename: 'User', id: toGlobalId('User', id) }]
    return { query, variables: { representations }, viewer: userClaims(id) }
  }
  return [
    { name: 'User.recommendations', perSecond: 200, next: ofCustomer(recommendations) },
    { name: 'User.buyAgain', perSecond: 200, next: ofCustomer(buyAgain) },
    {
      name: 'Product.similar of 50',
      perSecond: 20,
      next: () => {
        const products = pickDistinct(random, shop.productIds, 50)
        const representations = products.map((id) => ({ __typename: 'Product', id: toGlobalId('Product', id) }))
        return { query: similar, variables: { representations }, viewer: guestClaims(randomUUID()) }
      },
    },
    {
      name: 'trending',
      perSecond: 200,
      next: () => ({ query: trending, variables: {}, viewer: guestClaims(randomUUID()) }),
    },
    {
      name: 'Cart.suggestions of 3',
      perSecond: 200,
      next: () => {
        const lines = pickDistinct(random, shop.variantIds, 3).map((id) => ({
          __typename: 'CartLine',
          variant: { __typename: 'ProductVariant', id: toGlobalId('ProductVariant', id) },
        }))
        const representations = [{ __typename: 'Cart', id: toGlobalId('Cart', randomUUID()), lines }]
        return { query: suggestions, variables: { representations }, viewer: guestClaims(randomUUID()) }
      },
    },
  ]
}

function userClaims(id: string): ViewerClaims {
  return {
    kind: 'user',
    id,
    scopes: [],
    cartToken: null,
    sessionId: randomUUID(),
    clientAddress: null,
    requestId: randomUUID(),
  }
}

/** Throws where there are fewer. */
function pickDistinct(random: Random, ids: readonly string[], count: number): string[] {
  if (ids.length < count) throw new Error(`The shop has ${ids.length} of what ${count} different ones are needed of.`)
  const picked = new Set<string>()
  while (picked.size < count) picked.add(random.pick(ids))
  return [...picked]
}
