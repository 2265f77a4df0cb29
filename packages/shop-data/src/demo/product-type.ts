import type { VariantScheme } from './variant-tables.ts'

/** A sort of product, of which the demo shop sells four, from plain to fine. */
export interface ProductType {
  readonly key: string
  /** A leaf of CATEGORY_TREE. */
  readonly category: string
  readonly noun: string
  /** Whole pounds, of the plainest and of the finest. */
  readonly price: readonly [number, number]
  readonly variants: VariantScheme
  /** What it does: the rest of a sentence that begins with the product. */
  readonly does: string
  /** Whole sentences, true of each product of this sort. */
  readonly facts: readonly string[]
  /** Four names of its own, where those of the department do not suit. */
  readonly models?: readonly string[]
  /** Days after which who bought it needs it again. */
  readonly lasts?: number
}

/** The names that a department's products are made of. */
export interface Department {
  readonly brands: readonly string[]
  readonly models: readonly string[]
  readonly types: readonly ProductType[]
}
