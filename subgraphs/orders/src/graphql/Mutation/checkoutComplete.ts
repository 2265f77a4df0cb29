import { invalidInput, Refused } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { fromDecimal, type Money } from '@cartograph/money'
import { hashOfCartToken } from '../../checkout/buyer.ts'
import { completeCheckout } from '../../checkout/complete-checkout.ts'
import type { MoneyInput, MutationResolvers } from '../../generated/resolvers.ts'
import { checkoutPayload } from '../checkout-payload.ts'

export const checkoutComplete: MutationResolvers['checkoutComplete'] = (
  _,
  { cartId, input, idempotencyKey },
  context,
) =>
  checkoutPayload(context, () => {
    const { shippingAddress, expectedCartVersion, ...rest } = input
    const request = {
      ...rest,
      shippingAddress: { ...shippingAddress, line2: shippingAddress.line2 ?? null },
      expectedTotal: moneyOf(input.expectedTotal),
      expectedCartVersion: expectedCartVersion ?? null,
      cartTokenHash: hashOfCartToken(context.viewer),
    }
    const id = fromGlobalId('Cart', cartId)
    return completeCheckout(context.services, context.viewer, id, request, idempotencyKey)
  })

function moneyOf({ amount, currencyCode }: MoneyInput): Money {
  const money = fromDecimal(amount, currencyCode)
  if (money !== null && money.minorUnits >= 0) return money
  throw new Refused([invalidInput('It is not an amount of money.', ['input', 'expectedTotal', 'amount'])])
}
