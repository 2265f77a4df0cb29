import { variantAvailability } from '@cartograph/contracts'
import { UnansweredError } from '@cartograph/service-runtime'
import type { CartServices } from './cart-services.ts'

/** How many units of each variant can be bought now. */
export type Availability = ReadonlyMap<string, number>

const deadlineMs = 500

/** Asks inventory for what is available; null when it does not answer, for then checkout decides. */
export async function askAvailability(
  { inventory, logger }: Pick<CartServices, 'inventory' | 'logger'>,
  variantIds: readonly string[],
  requestId: string,
): Promise<Availability | null> {
  try {
    const answer = await inventory.ask(variantAvailability, { variantIds: [...variantIds] }, { deadlineMs, requestId })
    return new Map(answer.map(({ variantId, available }) => [variantId, available]))
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error
    logger.warn({ err: error, requestId }, 'inventory did not say what is available')
    return null
  }
}
