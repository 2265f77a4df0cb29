import { randomBytes, randomUUID } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { toGlobalId } from '@cartograph/global-ids'
import { statementChannel, type StatementMessage } from '@cartograph/service-runtime'
import { freshDatabase } from '@cartograph/test-kit'
import { guestClaims, signRequest, type ViewerClaims } from '@cartograph/viewer'
import pg from 'pg'
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
  userErrors: { code: string; currentVersion?: number }[]
}

/** What the operations below answer; the runtime value has what was asked for. */
export type CartsData = { cart: CartData } & Record<
  'cartCreate' | 'cartLinesAdd' | 'cartLinesUpdate' | 'cartLinesRemove',
  PayloadData
>

export interface Answer<Data = CartsData> {
  data: Data | null
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[]
}

export const user = (
  id: string = randomUUID(),
  scopes: string[] = [],
  cartToken: string | null = null,
): ViewerClaims => ({
  kind: 'user',
  id,
  scopes,
  cartToken,
  requestId: 'test',
})
export const guest = (cartToken: string | null = null): ViewerClaims => guestClaims('test', cartToken)
export const staff = (): ViewerClaims => user(randomUUID(), ['carts:read'])

const secret = () => randomBytes(32).toString('hex')

/** The subgraph on a database of its own, between peers that say what a test tells them to. */
export async function cartsUnderTest() {
  const secrets = { carts: secret(), products: secret(), inventory: secret() }
  const [database, products, inventory] = await Promise.all([
    freshDatabase('carts'),
    startProducts(secrets.products),
    startInventory(secrets.inventory),
  ])
  const service = await start({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    DATABASE_URL: database.connectionString,
    SIGNING_SECRETS: secrets.carts,
    PRODUCTS_URL: `${products.url}/graphql`,
    PRODUCTS_SIGNING_SECRET: secrets.products,
    INVENTORY_URL: `${inventory.url}/graphql`,
    INVENTORY_SIGNING_SECRET: secrets.inventory,
  })
  const connection = new pg.Client({ connectionString: database.connectionString })
  await connection.connect()

  async function post(body: string, headers: Record<string, string>): Promise<Response> {
    return fetch(`${service.url}/graphql`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    })
  }

  return {
    products,
    inventory,
    connectionString: database.connectionString,
    async graphql<Data = CartsData>(
      viewer: ViewerClaims,
      query: string,
      variables: object = {},
    ): Promise<Answer<Data>> {
      const body = JSON.stringify({ query, variables })
      const response = await post(body, signRequest(secrets.carts, { method: 'POST', path: '/graphql', body }, viewer))
      return (await response.json()) as Answer<Data>
    },
    unsigned: (query: string, variables: object = {}) => post(JSON.stringify({ query, variables }), {}),
    async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
      return (await connection.query<Row>(text, values)).rows
    },
    /** All that is stored, to compare before with after. */
    async stored(): Promise<unknown> {
      const { rows } = await connection.query(
        `select (select json_agg(c order by c.id) from cart c) as carts,
           (select json_agg(l order by l.id) from cart_line l) as lines`,
      )
      return rows[0]
    },
    /** The statements that the subgraph sends while `run` runs. */
    async statementsOf(run: () => Promise<unknown>): Promise<string[]> {
      const name = new URL(database.connectionString).pathname.slice(1)
      const seen: string[] = []
      const listener = (message: unknown) => {
        const statement = message as StatementMessage
        if (statement.database === name) seen.push(statement.text.trim())
      }
      subscribe(statementChannel.name, listener)
      try {
        await run()
      } finally {
        unsubscribe(statementChannel.name, listener)
      }
      return seen
    },
    async stop(): Promise<void> {
      await service.stop()
      await Promise.all([products.stop(), inventory.stop(), connection.end()])
      await database.drop()
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
export const readCart = `query ($id: ID!) { cart(id: $id) { ${cartFields} } }`
