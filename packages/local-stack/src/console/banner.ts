import { DEMO_PASSWORD } from '@cartograph/shop-data'
import type { ShopFile } from '../shop/shop-file.ts'

const demoCustomer = { demo: 'customer@example.com', 'online-retail': 'customer-17850@online-retail.example' } as const

/** What a newcomer needs next: where the shop is, who to be, and what to ask. */
export function banner(url: string, shop: ShopFile): string {
  const dataset = shop.filledWith[0]
  const logins =
    dataset === undefined
      ? '  The shop is empty. Load one with: pnpm load online-retail --catalogue FILE --orders FILE'
      : `  customer    ${demoCustomer[dataset]}
  admin       admin@example.com
  password    ${DEMO_PASSWORD}`
  return `
  Cartograph is ready.

  graphql     ${url}
  playground  ${url} in a browser

${logins}

  Try:

  curl ${url} -H 'content-type: application/json' -d '{"query":"{ products(first: 3) { edges { node { title inStock priceRange { min { amount currencyCode } } } } } }"}'

  Ctrl-C stops everything.
`
}
