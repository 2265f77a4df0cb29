import type { Client } from './client.ts'

export interface PlacedOrder {
  readonly orderId: string
  /** Its buyer. */
  readonly client: Client
}
