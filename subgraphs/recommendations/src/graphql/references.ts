/** What recommendations and the gateway tell each other of what another subgraph owns: its global id. */
export interface UserReference {
  readonly id: string
}

export interface ProductReference {
  readonly id: string
}

/** A cart as the gateway tells it for the field that recommendations adds: its contents, by @requires. */
export interface CartReference {
  readonly id: string
  readonly lines: readonly { readonly variant: { readonly id: string } }[]
}
