import type { Checkout } from '../checkout/checkout.ts'
import type { Order } from '../order/order.ts'

/** What orders and the gateway tell each other of what another subgraph owns: its global id. */
export interface UserReference {
  readonly id: string
}

export interface ProductReference {
  readonly id: string
}

/** A line gives the SKU of the time of purchase, so that it needs no other service to name what was bought. */
export interface VariantReference {
  readonly id: string
  readonly sku?: string
}

/** A checkout, with its order as it was answered where it is part of an answer. */
export interface AnsweredCheckout extends Checkout {
  readonly answered?: Order
}

/** What is told of somebody's personal data: the global id, which says whose they are. */
export interface PersonalDataReference {
  readonly id: string
}
