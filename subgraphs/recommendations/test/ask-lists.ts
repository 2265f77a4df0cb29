import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import {
  entitiesQuery,
  type Page,
  type SubgraphAnswer,
  type SubgraphUnderTest,
  user,
  uuidOf,
} from '@cartograph/test-kit'

export const placements = ['HOME', 'PRODUCT', 'CART', 'EMAIL'] as const
export type Placement = (typeof placements)[number]

export type RecommendationPage = Page<
  { id: string },
  {
    readonly score: number
    readonly reason: { readonly code: string; readonly becauseOf: { readonly id: string } | null }
  }
>

const fields = `{
  edges { node { id } score reason { code becauseOf { id } } cursor }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
}`

/** The personal lists of user `number`, as they see them themselves. */
export function personalLists(shop: SubgraphUnderTest, number: number) {
  const ask = (field: string, page: object) =>
    shop.ask<{ _entities: [{ list: RecommendationPage }] }>(
      user(uuidOf('user', number)),
      entitiesQuery(`... on User { list: ${field} ${fields} }`, '$first: Int! = 100, $after: String'),
      { ...page, of: [{ __typename: 'User', id: toGlobalId('User', uuidOf('user', number)) }] },
    )
  const listOf = ({ data }: SubgraphAnswer<{ _entities: [{ list: RecommendationPage }] }>) => data._entities[0].list
  const askFor = (placement: Placement, page: object = {}) =>
    ask(`recommendations(first: $first, after: $after, placement: ${placement})`, page)
  const askAgain = (page: object = {}) => ask('buyAgain(first: $first, after: $after)', page)
  return {
    askFor,
    askAgain,
    /** What is recommended to them, all of it where no page is given. */
    recommended: async (placement: Placement, page: object = {}) => listOf(await askFor(placement, page)),
    buyAgain: async (page: object = {}) => listOf(await askAgain(page)),
  }
}

/** The numbers of the products of a list, in its order. */
export const productsOf = ({ edges }: RecommendationPage): number[] => edges.map(({ node }) => productNumber(node.id))

/** Why each is in a list: a code, and the number of the product that led to it. */
export const reasonsOf = ({ edges }: RecommendationPage): [string, number | null][] =>
  edges.map(({ reason }) => [reason.code, reason.becauseOf && productNumber(reason.becauseOf.id)])

function productNumber(id: string): number {
  return Number(tryFromGlobalId('Product', id)!.slice(-12))
}
