import { notFound, type UserErrorData, validationError } from '@cartograph/error-catalogue'

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

export const guestCartNotFound: UserErrorData = notFound('No cart of a guest has this token.', ['guestCartToken'])

export function cartCheckedOut(path: string[]): UserErrorData {
  return validationError('CART_CHECKED_OUT', 'The cart was bought and can no longer be changed.', path)
}

export function cartLocked(path: string[] | null): UserErrorData {
  return validationError('CART_LOCKED', 'The cart is being checked out; it cannot be changed meanwhile.', path)
}
