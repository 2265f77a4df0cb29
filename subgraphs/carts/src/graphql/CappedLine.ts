import { toGlobalId } from '@cartograph/global-ids'
import type { CappedLineResolvers } from '../generated/resolvers.ts'

export const CappedLine: CappedLineResolvers = {
  variant: ({ variantId }) => ({ id: toGlobalId('ProductVariant', variantId) }),
}
