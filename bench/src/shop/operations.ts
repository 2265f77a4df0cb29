/** The four pages that shops are compared by. Each asks for what its page shows, and no more. */
export const operations = {
  listing: `query Listing($after: String) {
  products(first: 20, after: $after, sort: NEWEST) {
    edges {
      node {
        id slug title
        priceRange { min { amount currencyCode } max { amount currencyCode } }
        inStock
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  productPage: `query ProductPage($slug: String!) {
  productBySlug(slug: $slug) {
    id slug title description brand
    categories { name slug }
    variants { id sku title price { amount currencyCode } availability { status maxOrderQuantity } }
    similar(first: 8) {
      edges { score reason { code } node { id slug title priceRange { min { amount currencyCode } } inStock } }
    }
  }
}`,
  accountPage: `query AccountPage {
  viewer {
    id displayName email
    cart {
      id version totalQuantity subtotal { amount currencyCode }
      lines { id quantity unitPrice { amount currencyCode } lineTotal { amount currencyCode } variant { id sku title product { title slug } } }
    }
    orders(first: 10) {
      edges {
        node {
          id number status placedAt total { amount currencyCode }
          lines { title quantity unitPrice { amount currencyCode } lineTotal { amount currencyCode } variant { id sku } }
        }
      }
    }
  }
}`,
  addLine: `mutation AddLine($cartId: ID!, $variantId: ID!) {
  cartLinesAdd(cartId: $cartId, lines: [{ variantId: $variantId, quantity: 1 }]) {
    cart {
      id version totalQuantity subtotal { amount currencyCode }
      lines { id quantity lineTotal { amount currencyCode } variant { id } }
    }
    userErrors { code message }
  }
}`,
} as const
