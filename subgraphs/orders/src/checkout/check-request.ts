import { invalidInput, refuseIfAny, type UserErrorData } from '@cartograph/error-catalogue'
import { z } from 'zod'
import type { CheckoutRequest } from './checkout.ts'

/** Text that can be stored, printed on a label and put into a mail: well-formed Unicode without control characters. */
export const isPlainText = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text)

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'is missing')
    .max(most, `is longer than ${most} characters`)
    .refine(isPlainText, 'holds control characters')

export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'is not an ISO 3166-1 alpha-2 country code, like GB')

const checkoutRequest = z.object({
  email: z.email('is not an e-mail address').max(254, 'is longer than 254 characters'),
  shippingAddress: z.object({
    fullName: text(200),
    line1: text(200),
    line2: text(200).nullable(),
    city: text(200),
    postalCode: text(20),
    countryCode,
  }),
  shippingMethodCode: text(50),
  paymentMethodToken: z
    .string()
    .max(255, 'is longer than 255 characters')
    .regex(
      /^[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_]+$/,
      'is no token of the payment provider; card numbers are never sent here',
    )
    .refine((token) => !/\d{12}/.test(token), 'looks like a card number; send the token that the provider gave for it'),
})

/** The request as it is to be kept, whatever the cart holds. Throws Refused with all that is wrong with it. */
export function checkRequest(request: CheckoutRequest, idempotencyKey: string): CheckoutRequest {
  const { line2 } = request.shippingAddress
  const shippingAddress = { ...request.shippingAddress, line2: line2?.trim() ? line2 : null }
  const parsed = checkoutRequest.safeParse({ ...request, shippingAddress })
  const issues = parsed.success ? [] : parsed.error.issues
  refuseIfAny([
    ...issues.map(({ path, message }) =>
      invalidInput(`${String(path.at(-1))} ${message}.`, ['input', ...path.map(String)]),
    ),
    ...checkIdempotencyKey(idempotencyKey),
  ])
  return { ...request, ...parsed.data }
}

export function checkIdempotencyKey(idempotencyKey: string): UserErrorData[] {
  return /^[\x21-\x7e]{1,200}$/.test(idempotencyKey)
    ? []
    : [invalidInput('An idempotency key has 1 to 200 printable ASCII characters.', ['idempotencyKey'])]
}
