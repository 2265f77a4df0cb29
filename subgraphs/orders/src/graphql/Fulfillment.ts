import { toGlobalId } from '@cartograph/global-ids'
import type { FulfillmentResolvers } from '../generated/resolvers.ts'

export const Fulfillment: FulfillmentResolvers = {
  id: (fulfillment) => toGlobalId('Fulfillment', fulfillment.id),
  lines: ({ lines }) => [...lines],
}
