import { notFound, type UserErrorData, validationError } from '@cartograph/error-catalogue'
import { type Money, toDecimal } from '@cartograph/money'

export interface OutOfStock extends UserErrorData {
  readonly variantId: string
  readonly requested: number
  readonly available: number
}

export interface NotForSale extends UserErrorData {
  readonly variantId: string
}

export interface PaymentDeclined extends UserErrorData {
  readonly declineCode: string
}

export interface TotalChanged extends UserErrorData {
  readonly currentTotal: Money
}

export interface CartChanged extends UserErrorData {
  readonly currentVersion: number
}

export const cartNotFound = (): UserErrorData => notFound('The cart does not exist.', ['cartId'])

export const cartEmpty = (): UserErrorData => validationError('CART_EMPTY', 'There is nothing in the cart.', ['cartId'])

export const cartCheckedOut = (): UserErrorData =>
  validationError('CART_CHECKED_OUT', 'The cart has been bought already.', ['cartId'])

export const cartLocked = (): UserErrorData =>
  validationError('CART_LOCKED', 'The cart is being bought by another checkout.', ['cartId'])

export function cartChanged(currentVersion: number): CartChanged {
  const message = `The cart has changed; its version is ${currentVersion} now.`
  const path = ['input', 'expectedCartVersion']
  return { __typename: 'CartChangedError', code: 'CART_CHANGED', message, path, currentVersion }
}

export function outOfStock(shortage: { variantId: string; requested: number; available: number }): OutOfStock {
  const { requested, available } = shortage
  const message = available === 0 ? 'It is sold out.' : `Only ${available} of the ${requested} units are available.`
  return { __typename: 'OutOfStockError', code: 'OUT_OF_STOCK', message, path: null, ...shortage }
}

export function notForSale(variantId: string): NotForSale {
  const message = 'It is no longer for sale; take it out of the cart.'
  return { __typename: 'NotForSaleError', code: 'NOT_FOR_SALE', message, path: null, variantId }
}

export function shippingUnavailable(): UserErrorData {
  const message = 'This shipping method is not offered for what is in the cart to this country.'
  return validationError('SHIPPING_UNAVAILABLE', message, ['input', 'shippingMethodCode'])
}

export function totalChanged(currentTotal: Money): TotalChanged {
  const message = `The total is ${toDecimal(currentTotal)} ${currentTotal.currencyCode} now.`
  return {
    __typename: 'TotalChangedError',
    code: 'TOTAL_CHANGED',
    message,
    path: ['input', 'expectedTotal'],
    currentTotal,
  }
}

export function paymentDeclined(declineCode: string): PaymentDeclined {
  const message = 'The payment was declined; try another means of payment.'
  const path = ['input', 'paymentMethodToken']
  return { __typename: 'PaymentDeclinedError', code: 'PAYMENT_DECLINED', message, path, declineCode }
}

export const checkoutExpired = (): UserErrorData =>
  validationError('CHECKOUT_EXPIRED', 'It took too long; nothing was bought and nothing is to pay.', null)

export const keyReused = (): UserErrorData =>
  validationError('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used with another request.', ['idempotencyKey'])
