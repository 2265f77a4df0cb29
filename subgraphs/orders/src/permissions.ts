import { tryFromGlobalId } from '@cartograph/global-ids'
import { type Permissions, viewerRule } from '@cartograph/viewer/permissions'
import type { PersonalDataReference, UserReference } from './graphql/references.ts'
import { maySeeOrdersOf, maySeePurchase, type PurchaseAccess } from './order/order-access.ts'

const buyer = viewerRule<PurchaseAccess>('buyer, or orders:read', (viewer, access) => maySeePurchase(viewer, access))

const ownerOfAccount = viewerRule<UserReference>('owner of the account, or orders:read', (viewer, { id }) =>
  maySeeOrdersOf(viewer, tryFromGlobalId('User', id)),
)

export const permissions: Permissions = {
  // An order that the viewer may not see is not found in the first place; these hold should a new path forget it.
  'Order.*': buyer,
  'OrderLine.*': buyer,
  'Checkout.*': buyer,
  'User.orders': ownerOfAccount,
  // No scope opens it.
  'PersonalData.*': viewerRule<PersonalDataReference>(
    'whose data they are',
    ({ userId }, { id }) => userId !== null && userId === tryFromGlobalId('PersonalData', id),
  ),
}
