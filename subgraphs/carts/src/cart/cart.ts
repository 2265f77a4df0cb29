import { type CurrencyCode, type Money, money, multiply } from '@cartograph/money'
import { Prisma } from '../database.ts'

/** ACTIVE carts are changed and bought; CHECKING_OUT ones are ACTIVE and held by a checkout. The others are final. */
export type CartStatus = 'ACTIVE' | 'CHECKING_OUT' | 'CHECKED_OUT' | 'MERGED' | 'ABANDONED'

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
  /** The checkout that holds it. */
  readonly lockedBy: string | null
  /** The user's cart that this guest's was merged into. */
  readonly mergedInto: string | null
  readonly currencyCode: CurrencyCode
  readonly updatedAt: Date
  readonly access: CartAccess
}

export interface CartLine {
  readonly id: string
  readonly cartId: string
  readonly variantId: string
  readonly quantity: number
  /** What one cost when units were last added. */
  readonly unitPrice: Money
  /** What one costs now, as far as is known. */
  readonly currentUnitPrice: Money
  /** How often the price had been set when it was currentUnitPrice. */
  readonly priceVersion: number
  readonly position: number
  readonly cartStatus: CartStatus
  /** Its cart's, so that a line can be refused without reading the cart. */
  readonly access: CartAccess
}

/** A cart after a write, and its lines in their order where the write has read them. */
export interface WrittenCart {
  readonly cart: Cart
  readonly lines: readonly CartLine[] | null
}

const ownColumns = Prisma.sql`c.user_id, c.token_hash, c.currency_code::text as currency_code, c.status::text as status,
  c.locked_by`

/** The columns that `cartOf` reads. */
export const cartColumns = Prisma.sql`c.id, c.version, c.merged_into, c.updated_at, ${ownColumns}`

interface OwnRow {
  user_id: string | null
  token_hash: Uint8Array | null
  currency_code: CurrencyCode
  status: Exclude<CartStatus, 'CHECKING_OUT'>
  locked_by: string | null
}

export interface CartRow extends OwnRow {
  id: string
  version: number
  merged_into: string | null
  updated_at: Date
}

export function cartOf(row: CartRow): Cart {
  return {
    id: row.id,
    version: row.version,
    status: statusOf(row),
    lockedBy: row.locked_by,
    mergedInto: row.merged_into,
    currencyCode: row.currency_code,
    updatedAt: row.updated_at,
    access: accessOf(row),
  }
}

/** The columns that `lineOf` reads, of a line and its cart. */
export const lineColumns = Prisma.sql`l.id, l.cart_id, l.variant_id, l.quantity, l.unit_price,
  coalesce(l.current_unit_price, l.unit_price) as current_unit_price, l.price_version, l.position, ${ownColumns}`

export interface LineRow extends OwnRow {
  id: string
  cart_id: string
  variant_id: string
  quantity: number
  unit_price: number
  current_unit_price: number
  price_version: number
  position: number
}

export function lineOf(row: LineRow): CartLine {
  return {
    id: row.id,
    cartId: row.cart_id,
    variantId: row.variant_id,
    quantity: row.quantity,
    unitPrice: money(row.unit_price, row.currency_code),
    currentUnitPrice: money(row.current_unit_price, row.currency_code),
    priceVersion: row.price_version,
    position: row.position,
    cartStatus: statusOf(row),
    access: accessOf(row),
  }
}

function statusOf({ status, locked_by: lockedBy }: OwnRow): CartStatus {
  return lockedBy === null ? status : 'CHECKING_OUT'
}

function accessOf(row: OwnRow): CartAccess {
  return { userId: row.user_id, tokenHash: row.token_hash, openedByViewer: false }
}

export const lineTotal = ({ unitPrice, quantity }: CartLine): Money => multiply(unitPrice, quantity)

/** Both are of the cart's currency. */
export const priceChanged = ({ unitPrice, currentUnitPrice }: CartLine): boolean =>
  unitPrice.minorUnits !== currentUnitPrice.minorUnits
