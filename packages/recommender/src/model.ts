import type { SparseRows } from './models/sparse-rows.ts'

/** How the parts of the discovery score are weighed. */
export interface DiscoveryBlend {
  /** How much selling above its long-term rate counts for an item: the exponent of that ratio. */
  readonly trend: number
  /** The share of what follows what, beside what goes together. */
  readonly succession: number
}

/** All that a fit has learned. Never changed once made. */
export interface Model {
  readonly itemCount: number
  /** What goes together: row `i` holds how much having item `i` speaks for others. */
  readonly affinity: SparseRows
  /** What follows what, itself included. */
  readonly succession: SparseRows
  /** What an average item of an average customer scores, in which unit scores are weighed. */
  readonly affinityUnit: number
  readonly successionUnit: number
  /** Of an item's buyers the share that bought it again. */
  readonly repeatShares: Float64Array
  readonly discovery: DiscoveryBlend
  /** A weight for each of `basketFeatures`. */
  readonly basket: Float64Array
}
