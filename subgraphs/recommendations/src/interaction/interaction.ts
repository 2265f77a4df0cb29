export type InteractionType = 'VIEW' | 'ADD_TO_CART' | 'DISMISS'

/** Something that a user did with a product beside buying it. */
export interface Interaction {
  /** Of the client's making: the same one again is the same interaction, whatever else is said of it. */
  readonly eventId: string
  readonly productId: string
  readonly type: InteractionType
  readonly at: Date
}
