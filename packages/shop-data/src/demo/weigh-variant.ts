import { hash } from 'node:crypto'
import type { VariantOption } from './variant-tables.ts'

/** A box, filled and closed, for what has its net weight in its title. */
const PACKING = 40

/**
 * Grams of a variant, packed, in steps of ten: what its title says with the packing, or what its category weighs, up to
 * a third more or less by its product's SKU. A function of its arguments alone, so that no other chance moves it.
 */
export function weighVariant(productSku: string, grams: number, { grams: net, heavier = 1 }: VariantOption): number {
  if (net !== undefined) return net + PACKING
  const share = Number.parseInt(hash('sha256', `weight\0${productSku}`).slice(0, 8), 16) / 2 ** 32
  return Math.max(10, Math.round((grams * heavier * (2 / 3 + (2 / 3) * share)) / 10) * 10)
}
