import { toGlobalId } from '@cartograph/global-ids'
import { statusOf } from '../checkout/checkout.ts'
import type { CheckoutResolvers } from '../generated/resolvers.ts'

export const Checkout: CheckoutResolvers = {
  id: (checkout) => toGlobalId('Checkout', checkout.id),
  status: (checkout) => statusOf(checkout),
  order: ({ orderId, answered }, _, { loaders }) => answered ?? (orderId === null ? null : loaders.order.load(orderId)),
  nextAction: (checkout) => (statusOf(checkout) === 'ACTION_REQUIRED' ? checkout.nextAction : null),
  userErrors: ({ endedAt, refusal }) => (endedAt === null ? [] : [...(refusal ?? [])]),
}
