import type { GraphQLRequest } from '../measure/load.ts'
import { operations } from './operations.ts'
import { ask } from './shop-client.ts'

export interface Scenario {
  readonly name: string
  readonly requestOf: (worker: number, n: number) => GraphQLRequest
}

interface Catalogue {
  readonly slugs: string[]
  readonly variantIds: string[]
  readonly cursors: (string | null)[]
}

const customer = { email: 'customer-17850@online-retail.example', password: 'cartograph-demo' }
/** Carts that lines are added to, enough for none of them to fill up. */
const cartCount = 320

/** Reads what the requests are made of, signs a customer in and opens carts, so that only the pages are measured. */
export async function prepareScenarios(url: string, concurrency: number): Promise<Scenario[]> {
  const { slugs, variantIds, cursors } = await readCatalogue(url)
  const { sessionCreate } = await ask<{ sessionCreate: { session: { accessToken: string } } }>(
    url,
    'mutation SignIn($email: String!, $password: String!) { sessionCreate(email: $email, password: $password) { session { accessToken } } }',
    customer,
  )
  const signedIn = { authorization: `Bearer ${sessionCreate.session.accessToken}` }
  const carts: { id: string; token: string }[] = []
  for (let index = 0; index < cartCount; index += 1) {
    const { cartCreate } = await ask<{ cartCreate: { cart: { id: string }; cartToken: string } }>(
      url,
      'mutation { cartCreate { cart { id } cartToken } }',
    )
    carts.push({ id: cartCreate.cart.id, token: cartCreate.cartToken })
  }
  const pick = <Item>(items: readonly Item[], worker: number, n: number): Item =>
    items[(worker * 7919 + n * 104_729) % items.length]!
  return [
    {
      name: 'listing of 20',
      requestOf: (worker, n) => ({ query: operations.listing, variables: { after: pick(cursors, worker, n) } }),
    },
    {
      name: 'product page',
      requestOf: (worker, n) => ({ query: operations.productPage, variables: { slug: pick(slugs, worker, n) } }),
    },
    { name: 'account page', requestOf: () => ({ query: operations.accountPage, variables: {}, headers: signedIn }) },
    {
      name: 'adding a line',
      requestOf: (worker, n) => {
        // Each worker goes round its own carts, so that no two wait for one row.
        const own = carts.filter((_, index) => index % concurrency === worker)
        const cart = own[n % own.length]!
        return {
          query: operations.addLine,
          variables: { cartId: cart.id, variantId: pick(variantIds, worker, n) },
          headers: { 'cart-token': cart.token },
        }
      },
    },
  ]
}

/** What can be asked for and bought: of variants those that there is plenty of. */
export async function readCatalogue(url: string): Promise<Catalogue> {
  const query = `query Catalogue($after: String) {
    products(first: 100, after: $after, sort: NEWEST) {
      edges { cursor node { slug variants { id availability { maxOrderQuantity } } } }
      pageInfo { hasNextPage endCursor }
    }
  }`
  type Page = {
    products: {
      edges: {
        cursor: string
        node: { slug: string; variants: { id: string; availability: { maxOrderQuantity: number } }[] }
      }[]
      pageInfo: { hasNextPage: boolean; endCursor: string }
    }
  }
  const catalogue: Catalogue = { slugs: [], variantIds: [], cursors: [null] }
  for (let after: string | null = null; ;) {
    const { products }: Page = await ask<Page>(url, query, { after })
    for (const { node } of products.edges) {
      catalogue.slugs.push(node.slug)
      // Only what there is plenty of: running out is another bench's business.
      for (const variant of node.variants)
        if (variant.availability.maxOrderQuantity >= 50) catalogue.variantIds.push(variant.id)
    }
    if (!products.pageInfo.hasNextPage) return catalogue
    after = products.pageInfo.endCursor
    catalogue.cursors.push(after)
  }
}
