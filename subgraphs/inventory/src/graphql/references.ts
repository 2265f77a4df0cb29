/** What the gateway tells of a variant that products owns: its global id. */
export interface VariantReference {
  readonly id: string
}

/** What the gateway tells of a product for the fields that inventory adds: its variants, by @requires. */
export interface ProductReference {
  readonly id: string
  readonly variants: readonly VariantReference[]
}
