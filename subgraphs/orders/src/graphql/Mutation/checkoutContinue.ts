import { fromGlobalId } from '@cartograph/global-ids'
import { continueCheckout } from '../../checkout/continue-checkout.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { checkoutPayload } from '../checkout-payload.ts'

export const checkoutContinue: MutationResolvers['checkoutContinue'] = (_, { checkoutId }, context) =>
  checkoutPayload(context, () =>
    continueCheckout(context.services, context.viewer, fromGlobalId('Checkout', checkoutId)),
  )
