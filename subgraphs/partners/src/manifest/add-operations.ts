import { invalidInput, refuseIfAny } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import { changePartner } from '../partner/change-partner.ts'
import type { PartnersServices } from '../partner/partners-services.ts'
import { storeOperations } from './store-operations.ts'
import { readSubmitted, type SubmittedOperation } from './submitted-operation.ts'

/** As much as fits into a request, and is read without holding up others. */
const mostOperations = 500

/**
 * Stores operations for a manifest to come, all or none, and answers how many were new. Whether they fit what the partner may
 * use is asked when they are published.
 */
export async function addOperations(
  services: PartnersServices,
  viewer: Viewer,
  partnerId: string,
  submitted: readonly SubmittedOperation[],
): Promise<number> {
  if (submitted.length === 0 || submitted.length > mostOperations)
    refuseIfAny([invalidInput(`There are 1 to ${mostOperations} operations to add at a time.`, ['operations'])])
  const { read, problems } = readSubmitted(submitted)
  refuseIfAny(problems)
  return changePartner(services, viewer, partnerId, 'OPERATIONS_ADDED', async (tx) => {
    const added = await storeOperations(tx, partnerId, read, services.now())
    return { outcome: added, changed: added > 0 ? 'records' : 'nothing' }
  })
}
