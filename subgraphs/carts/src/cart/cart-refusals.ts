import { invalidInput, notFound, type UserErrorData } from '@cartograph/error-catalogue'

export interface InsufficientStock extends UserErrorData {
  readonly variantId: string
  readonly requested: number
  readonly available: number
}

export interface CartVersionConflict extends UserErrorData {
  readonly currentVersion: number
}

export function insufficientStock(
  shortage: { variantId: string; requested: number; available: number },
  path: string[],
): InsufficientStock {
  const { requested, available } = shortage
  const message = available === 0 ? 'It is sold out.' : `Only ${available} of the ${requested} units are available.`
  return { __typename: 'InsufficientStockError', code: 'INSUFFICIENT_STOCK', message, path, ...shortage }
}

export function cartVersionConflict(currentVersion: number): CartVersionConflict {
  return {
    __typename: 'CartVersionConflictError',
    code: 'CART_VERSION_CONFLICT',
    message: `The cart has changed; its version is ${currentVersion} now.`,
    path: ['expectedVersion'],
    currentVersion,
  }
}

export const cartNotFound: UserErrorData = notFound('The cart does not exist.', ['cartId'])

export const cartCheckedOut: UserErrorData = invalidInput('The cart is checked out and can no longer be changed.', [
  'cartId',
])
