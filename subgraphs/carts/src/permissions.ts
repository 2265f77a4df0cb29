import { tryFromGlobalId } from '@cartograph/global-ids'
import { type Permissions, viewerRule } from '@cartograph/viewer/permissions'
import { maySeeCart, maySeeCartOfUser } from './cart/cart-access.ts'
import type { Cart, CartLine } from './cart/cart.ts'
import type { PersonalDataReference, UserReference } from './graphql/references.ts'

export const permissions: Permissions = {
  // Both are entities, so `_entities` reaches them past every root field.
  'Cart.*': viewerRule<Cart>('owner or token holder of the cart, or carts:read', (viewer, cart) =>
    maySeeCart(viewer, cart.access),
  ),
  'CartLine.*': viewerRule<CartLine>('owner or token holder of the line, or carts:read', (viewer, line) =>
    maySeeCart(viewer, line.access),
  ),
  'User.cart': viewerRule<UserReference>('oneself, or carts:read', (viewer, { id }) =>
    maySeeCartOfUser(viewer, tryFromGlobalId('User', id)),
  ),
  // No scope opens it.
  'PersonalData.*': viewerRule<PersonalDataReference>(
    'whose data they are',
    ({ userId }, { id }) => userId !== null && userId === tryFromGlobalId('PersonalData', id),
  ),
}
