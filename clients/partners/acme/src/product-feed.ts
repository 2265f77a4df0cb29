import type { Cartograph } from './cartograph.ts'
import type { ProductFeedQuery } from './generated/graphql.ts'
import { productFeed } from './operations.ts'

export type FeedProduct = NonNullable<ProductFeedQuery['products']>['edges'][number]['node']

/** Everything that the shop sells, page by page. */
export async function* readProductFeed(shop: Cartograph, pageSize = 50): AsyncGenerator<FeedProduct> {
  let after: string | null = null
  do {
    const { products }: ProductFeedQuery = await shop.read(productFeed, { first: pageSize, after })
    if (!products) return
    for (const { node } of products.edges) yield node
    after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null
  } while (after !== null)
}
