import { type CurrencyCode, type Money, money, multiply } from '@cartograph/money'
import { Prisma } from '../database.ts'

export type CartStatus = 'ACTIVE' | 'CHECKED_OUT'

/** What decides who may see and change a cart. */
export interface CartAccess {
  readonly userId: string | null
  readonly tokenHash: Uint8Array | null
  /** True for a cart that this very request has opened: its guest is only being told the token. */
  readonly openedByViewer: boolean
}

export interface Cart {
  readonly id: string
  readonly version: number
  readonly status: CartStatus
  readonly currencyCode: CurrencyCode
  readonly updatedAt: Date
  readonly access: CartAccess
}

export interface CartLine {
  readonly id: string
  readonly cartId: string
  readonly variantId: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly position: number
  /** Its cart's, so that a line can be refused without reading the cart. */
  readonly access: CartAccess
}

/** A cart after a write, and its lines in their order where the write has read them. */
export interface WrittenCart {
  readonly cart: Cart
  readonly lines: readonly CartLine[] | null
}

const accessColumns = Prisma.sql`c.user_id, c.token_hash, c.currency_code::text as currency_code`

/** The columns that `cartOf` reads. */
export const cartColumns = Prisma.sql`c.id, c.version, c.status::text as status, c.updated_at, ${accessColumns}`

interface AccessRow {
  user_id: string | null
  token_hash: Uint8Array | null
  currency_code: CurrencyCode
}

export interface CartRow extends AccessRow {
  id: string
  version: number
  status: CartStatus
  updated_at: Date
}

export function cartOf(row: CartRow): Cart {
  return {
    id: row.id,
    version: row.version,
    status: row.status,
    currencyCode: row.currency_code,
    updatedAt: row.updated_at,
    access: accessOf(row),
  }
}

/** The columns that `lineOf` reads, of a line and its cart. */
export const lineColumns = Prisma.sql`l.id, l.cart_id, l.variant_id, l.quantity, l.unit_price, l.position,
  ${accessColumns}`

export interface LineRow extends AccessRow {
  id: string
  cart_id: string
  variant_id: string
  quantity: number
  unit_price: number
  position: number
}

export function lineOf(row: LineRow): CartLine {
  return {
    id: row.id,
    cartId: row.cart_id,
    variantId: row.variant_id,
    quantity: row.quantity,
    unitPrice: money(row.unit_price, row.currency_code),
    position: row.position,
    access: accessOf(row),
  }
}

function accessOf(row: AccessRow): CartAccess {
  return { userId: row.user_id, tokenHash: row.token_hash, openedByViewer: false }
}

export const lineTotal = ({ unitPrice, quantity }: CartLine): Money => multiply(unitPrice, quantity)
