import { toGlobalId } from '@cartograph/global-ids'
import type { RefundResolvers } from '../generated/resolvers.ts'

export const Refund: RefundResolvers = {
  id: (refund) => toGlobalId('Refund', refund.id),
  lines: ({ lines }) => [...lines],
}
