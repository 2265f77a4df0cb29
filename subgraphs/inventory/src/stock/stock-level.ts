import { Prisma } from '../database.ts'

export interface StockLevel {
  readonly id: string
  readonly variantId: string
  readonly locationId: string
  readonly onHand: number
  readonly reserved: number
}

export interface StockLocation {
  readonly id: string
  readonly name: string
  readonly countryCode: string
}

export type StockMovementReason = 'RECEIPT' | 'ADJUSTMENT' | 'RETURN' | 'DAMAGE'

export interface StockMovement {
  readonly id: string
  readonly delta: number
  readonly reason: StockMovementReason
  readonly onHandAfter: number
  readonly createdAt: Date
}

export const stockLevelColumns = Prisma.sql`l.id, l.variant_id as "variantId", l.location_id as "locationId",
  l.on_hand as "onHand", l.reserved`

export const availableUnits = (level: StockLevel): number => level.onHand - level.reserved
