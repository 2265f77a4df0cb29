/** What orders and the gateway tell each other of what another subgraph owns: its global id. */
export interface UserReference {
  readonly id: string
}

export interface ProductReference {
  readonly id: string
}

/** The SKU is the one of the time of purchase, so that a line needs no other service to name what was bought. */
export interface VariantReference {
  readonly id: string
  readonly sku: string
}
