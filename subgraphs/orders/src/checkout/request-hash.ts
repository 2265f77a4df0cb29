import { createHash } from 'node:crypto'
import type { CheckoutRequest } from './checkout.ts'

/** What tells a repeated request from another one under the same key: SHA-256, in base64. */
export function requestHashOf(cartId: string, request: CheckoutRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([cartId, request]))
    .digest('base64')
}
