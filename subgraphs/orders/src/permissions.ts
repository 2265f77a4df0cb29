import { tryFromGlobalId } from '@cartograph/global-ids'
import { type Permissions, viewerRule } from '@cartograph/viewer'
import type { UserReference } from './graphql/references.ts'
import { maySeeOrdersOf } from './order/order-access.ts'
import type { OrderLine } from './order/order-line.ts'
import type { Order } from './order/order.ts'

const ownerOfOrder = viewerRule<Order | OrderLine>('owner of the order, or orders:read', (viewer, { customerId }) =>
  maySeeOrdersOf(viewer, customerId),
)

const ownerOfAccount = viewerRule<UserReference>('owner of the account, or orders:read', (viewer, { id }) =>
  maySeeOrdersOf(viewer, tryFromGlobalId('User', id)),
)

export const permissions: Permissions = {
  rules: {
    // An order that the viewer may not see is not found in the first place; these hold should a new path forget it.
    'Order.*': ownerOfOrder,
    'OrderLine.*': ownerOfOrder,
    'User.orders': ownerOfAccount,
  },
  publicRootFields: {},
}
