import { type Permissions, viewerRule } from '@cartograph/viewer'
import { maySeePrivateFactsOf, type User } from './account/user.ts'
import type { Address } from './address/address.ts'

const ownerOfAccount = viewerRule<User>('owner of the account, or users:read', (viewer, user) =>
  maySeePrivateFactsOf(viewer, user.id),
)

/** What support must not see either: where somebody is signed in, and from where they tried. */
const oneself = viewerRule<User>('owner of the account', (viewer, user) => viewer.userId === user.id)

export const permissions: Permissions = {
  'User.email': ownerOfAccount,
  'User.displayName': ownerOfAccount,
  'User.addresses': ownerOfAccount,
  'User.defaultAddress': ownerOfAccount,
  'User.preferredCurrency': ownerOfAccount,
  'User.roles': ownerOfAccount,
  'User.createdAt': ownerOfAccount,
  'User.sessions': oneself,
  'User.securityEvents': oneself,
  'Address.*': viewerRule<Address>('owner of the address, or users:read', (viewer, address) =>
    maySeePrivateFactsOf(viewer, address.userId),
  ),
}
