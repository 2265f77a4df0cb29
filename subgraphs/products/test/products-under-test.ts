import { startSubscriber, subgraphUnderTest, type SubgraphUnderTest } from '@cartograph/test-kit'
import { start } from '../src/server.ts'

/** The subgraph on a database of its own, with three subscribers that keep what they are told. */
export async function productsUnderTest() {
  const [carts, partners, recommendations] = await Promise.all([
    startSubscriber(),
    startSubscriber(),
    startSubscriber(),
  ])
  const products = await subgraphUnderTest('products', start, {
    CARTS_URL: `${carts.url}/graphql`,
    CARTS_SIGNING_SECRET: carts.secret,
    PARTNERS_URL: `${partners.url}/graphql`,
    PARTNERS_SIGNING_SECRET: partners.secret,
    RECOMMENDATIONS_URL: `${recommendations.url}/graphql`,
    RECOMMENDATIONS_SIGNING_SECRET: recommendations.secret,
  })
  return {
    ...products,
    carts,
    partners,
    recommendations,
    async stop(): Promise<void> {
      await products.stop()
      await Promise.all([carts.stop(), partners.stop(), recommendations.stop()])
    },
  } satisfies SubgraphUnderTest & Record<string, unknown>
}

export type ProductsUnderTest = Awaited<ReturnType<typeof productsUnderTest>>
