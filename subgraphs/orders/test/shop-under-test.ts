import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { toGlobalId } from '@cartograph/global-ids'
import { guest, subgraphUnderTest } from '@cartograph/test-kit'
import { start } from '../src/server.ts'
import { startPeers } from './peers-under-test.ts'

const secret = 'a secret of at least thirty-two characters'

/** The real orders service between small servers that play the others, and a shopper's gestures. */
export async function startShop(environment: Record<string, string> = {}) {
  const peers = await startPeers(secret)
  const mailbox = mkdtempSync(path.join(tmpdir(), 'cartograph-mailbox-'))
  const orders = await subgraphUnderTest('orders', start, {
    ...Object.fromEntries(
      Object.entries(peers.urls).flatMap(([name, url]) => [
        [`${name.toUpperCase()}_URL`, url],
        [`${name.toUpperCase()}_SIGNING_SECRET`, secret],
      ]),
    ),
    PAYMENT_PROVIDER: 'sandbox',
    MAILBOX_DIR: mailbox,
    RECONCILE_EVERY_SECONDS: '3600',
    ...environment,
  })
  return {
    ...peers,
    orders,
    /** What is stored but the books of shipping and tax, which nothing changes. */
    async stored() {
      const { shipping_method: _, shipping_rate: __, tax_rate: ___, ...rest } = await orders.stored()
      return rest
    },
    mails: () =>
      readdirSync(mailbox)
        .filter((name) => name.endsWith('.eml'))
        .sort()
        .map((name) => readFileSync(path.join(mailbox, name), 'utf8')),
    async stop() {
      await orders.stop()
      await peers.stop()
      rmSync(mailbox, { recursive: true })
    },
  }
}

export type ShopUnderTest = Awaited<ReturnType<typeof startShop>>

/** A guest with a cart of these units, at 12.50 each where nothing else is said. */
export function guestWithCart(
  shop: ShopUnderTest,
  ...units: { quantity?: number; unitPrice?: number; stock?: number }[]
) {
  const token: string = randomUUID()
  const lines = units.map(({ quantity = 1, unitPrice = 1_250, stock = 100 }) => ({
    variantId: shop.sells({ unitPrice, stock }),
    quantity,
  }))
  const cartId = shop.putCart({ token, lines })
  return { viewer: guest(token), token, cartId, globalCartId: toGlobalId('Cart', cartId), lines }
}

export const address = {
  fullName: 'Ada Lovelace',
  line1: '12 St James’s Square',
  line2: null,
  city: 'London',
  postalCode: 'SW1Y 4JH',
  countryCode: 'GB',
}

/** What a buyer sends: to London by standard post, with a good card. */
export const checkoutInput = (total: string, changes: object = {}) => ({
  email: 'ada@example.com',
  shippingAddress: address,
  shippingMethodCode: 'standard',
  paymentMethodToken: 'sandbox_visa',
  expectedTotal: { amount: total, currencyCode: 'GBP' },
  ...changes,
})

export const completeMutation = `
  mutation ($cartId: ID!, $input: CheckoutInput!, $key: String!) {
    checkoutComplete(cartId: $cartId, input: $input, idempotencyKey: $key) {
      checkout { id status }
      order {
        id number status email subtotal { amount } shipping { amount } tax { name rate amount { amount } included }
        total { amount currencyCode } lines { id variant { sku } title quantity unitPrice { amount } lineTotal { amount } }
        payments { status amount { amount } }
      }
      nextAction { type url }
      userErrors {
        __typename code message path
        ... on OutOfStockError { requested available variant { id } }
        ... on NotForSaleError { variant { id } }
        ... on PaymentDeclinedError { declineCode }
        ... on TotalChangedError { currentTotal { amount currencyCode } }
        ... on CartChangedError { currentVersion }
      }
    }
  }`

export interface Completed {
  readonly checkoutComplete: {
    readonly checkout: { readonly id: string; readonly status: string } | null
    readonly order: {
      readonly id: string
      readonly number: string
      readonly status: string
      readonly total: { readonly amount: string }
      readonly lines: { readonly id: string }[]
      readonly payments: { readonly status: string; readonly amount: { readonly amount: string } }[]
    } | null
    readonly nextAction: { readonly type: string; readonly url: string } | null
    readonly userErrors: readonly {
      readonly __typename: string
      readonly code: string
      readonly [key: string]: unknown
    }[]
  }
}

/** Buys a guest's cart; the total is what its lines cost and 4.95 for the post. */
export async function buy(
  shop: ShopUnderTest,
  buyer: ReturnType<typeof guestWithCart>,
  input: object,
  key: string = randomUUID(),
): Promise<Completed['checkoutComplete']> {
  const { data, errors } = await shop.orders.ask<Completed>(buyer.viewer, completeMutation, {
    cartId: buyer.globalCartId,
    input,
    key,
  })
  if (errors) throw new Error(JSON.stringify(errors))
  return data.checkoutComplete
}
