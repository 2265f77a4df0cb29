import { fromGlobalId } from '@cartograph/global-ids'
import type { LineAddition } from '../cart/cart-rules.ts'
import type { CartLineInput } from '../generated/resolvers.ts'

/** The inputs as the core takes them. Throws INVALID_ID for what is not the id of a variant. */
export function lineAdditions(inputs: readonly CartLineInput[]): LineAddition[] {
  return inputs.map(({ variantId, quantity }) => ({ variantId: fromGlobalId('ProductVariant', variantId), quantity }))
}
