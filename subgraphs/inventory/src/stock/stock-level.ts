import { Prisma } from '../database.ts'

export interface StockLevel {
  readonly id: string
  readonly variantId: string
  readonly locationId: string
  /** Below zero when units are owed that were sold before they came. */
  readonly onHand: number
  readonly reserved: number
  readonly backorderLimit: number
  readonly lowStockThreshold: number
}

export interface StockLocation {
  readonly id: string
  readonly name: string
  readonly countryCode: string
}

/** Why stock moves when staff say so. */
export type StockAdjustmentReason = 'RECEIPT' | 'ADJUSTMENT' | 'RETURN' | 'DAMAGE'

export type StockMovementReason = StockAdjustmentReason | 'SALE' | 'CANCELLATION'

export interface StockMovement {
  readonly id: string
  readonly delta: number
  readonly reason: StockMovementReason
  readonly onHandAfter: number
  readonly createdAt: Date
}

export const stockLevelColumns = Prisma.sql`l.id, l.variant_id as "variantId", l.location_id as "locationId",
  l.on_hand as "onHand", l.reserved, l.backorder_limit as "backorderLimit", l.low_stock_threshold as "lowStockThreshold"`

/** What is there and promised to nobody; below zero by what is promised or sold beyond what is there. */
export const availableUnits = ({ onHand, reserved }: StockLevel): number => onHand - reserved

/** What can still be promised, there or not. */
export const promisableUnits = (level: StockLevel): number => availableUnits(level) + level.backorderLimit

/** What is promised or sold and not there. */
export const owedUnits = (level: StockLevel): number => Math.max(0, -availableUnits(level))
