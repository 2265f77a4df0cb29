import type { ExampleOperation } from '@cartograph/playground'

/** What the playground opens with, and the README shows. */
export const exampleOperations: readonly ExampleOperation[] = [
  {
    name: 'Listing',
    query: `query Listing($first: Int = 5) {
  products(first: $first) {
    totalCount
    edges {
      node {
        title
        inStock
        priceRange { min { amount currencyCode } }
      }
    }
  }
}`,
  },
]
