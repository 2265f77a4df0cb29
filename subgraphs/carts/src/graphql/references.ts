import type { CartLine } from '../cart/cart.ts'

/** What the gateway tells of a user that users owns: the global id. */
export interface UserReference {
  readonly id: string
}

/** What is told of a variant that products owns: its global id. */
export interface VariantReference {
  readonly id: string
}

/** A line, with what its variant costs now where the gateway has asked products for it, by @requires. */
export interface CartLineReference extends CartLine {
  readonly variantPrice?: { readonly amount: string; readonly currencyCode: string } | null
}
