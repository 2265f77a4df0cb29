import { randomBytes, randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { startSubscriber, type SubgraphAnswer, subgraphUnderTest, user } from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { start } from '../src/server.ts'
import { startInventory, startProducts } from './peers-under-test.ts'

export interface CartData {
  id: string
  version: number
  totalQuantity: number
  lines: { id: string; variant: { id: string }; quantity: number }[]
}

interface PayloadData {
  /** Null when refused; a test that reads on is one that was not. */
  cart: CartData
  cartToken: string
  /** Of a merge. */
  capped: { variant: { id: string }; wanted: number; quantity: number; reason: string }[]
  userErrors: { code: string; currentVersion?: number }[]
}

/** What the operations below answer; the runtime value has what was asked for. */
export type CartsData = { cart: CartData } & Record<
  'cartCreate' | 'cartLinesAdd' | 'cartLinesUpdate' | 'cartLinesRemove' | 'cartMerge',
  PayloadData
>

export type CartsAnswer = SubgraphAnswer<CartsData>

export const staff = (): ViewerClaims => user(randomUUID(), ['carts:read'])

/** The subgraph on a database of its own, between peers that say what a test tells them to, and one that it tells. */
export async function cartsUnderTest() {
  const secrets = { products: randomBytes(32).toString('hex'), inventory: randomBytes(32).toString('hex') }
  const [products, inventory, recommendations] = await Promise.all([
    startProducts(secrets.products),
    startInventory(secrets.inventory),
    startSubscriber(),
  ])
  const carts = await subgraphUnderTest('carts', start, {
    PRODUCTS_URL: `${products.url}/graphql`,
    PRODUCTS_SIGNING_SECRET: secrets.products,
    INVENTORY_URL: `${inventory.url}/graphql`,
    INVENTORY_SIGNING_SECRET: secrets.inventory,
    RECOMMENDATIONS_URL: `${recommendations.url}/graphql`,
    RECOMMENDATIONS_SIGNING_SECRET: recommendations.secret,
  })
  return {
    ...carts,
    products,
    inventory,
    recommendations,
    ask: <Data = CartsData>(viewer: ViewerClaims, query: string, variables?: object) =>
      carts.ask<Data>(viewer, query, variables),
    async stop(): Promise<void> {
      await carts.stop()
      await Promise.all([products.stop(), inventory.stop(), recommendations.stop()])
    },
  }
}

export type CartsUnderTest = Awaited<ReturnType<typeof cartsUnderTest>>

export const variantId = (uuid: string) => toGlobalId('ProductVariant', uuid)

const cartFields = `
  id version status owner { id } totalQuantity subtotal { amount currencyCode }
  lines { id variant { id } quantity unitPrice { amount currencyCode } lineTotal { amount } }`
const errorFields = `
  __typename code message path
  ... on InsufficientStockError { variant { id } requested available }
  ... on CartVersionConflictError { currentVersion }`

const changedCart = `{ cart { ${cartFields} } userErrors { ${errorFields} } }`

export const createCart = `mutation ($currencyCode: CurrencyCode! = GBP, $lines: [CartLineInput!]) {
  cartCreate(currencyCode: $currencyCode, lines: $lines) {
    cart { ${cartFields} } cartToken userErrors { ${errorFields} }
  }
}`
export const addLines = `mutation ($cartId: ID!, $lines: [CartLineInput!]!, $expectedVersion: Int) {
  cartLinesAdd(cartId: $cartId, lines: $lines, expectedVersion: $expectedVersion) ${changedCart}
}`
export const updateLines = `mutation ($cartId: ID!, $lines: [CartLineUpdateInput!]!, $expectedVersion: Int) {
  cartLinesUpdate(cartId: $cartId, lines: $lines, expectedVersion: $expectedVersion) ${changedCart}
}`
export const removeLines = `mutation ($cartId: ID!, $lineIds: [ID!]!, $expectedVersion: Int) {
  cartLinesRemove(cartId: $cartId, lineIds: $lineIds, expectedVersion: $expectedVersion) ${changedCart}
}`
export const mergeCart = `mutation ($token: String!, $expectedVersion: Int) {
  cartMerge(guestCartToken: $token, expectedVersion: $expectedVersion) {
    cart { ${cartFields} } capped { variant { id } wanted quantity reason } userErrors { ${errorFields} }
  }
}`
export const readCart = `query ($id: ID!) { cart(id: $id) { ${cartFields} } }`
